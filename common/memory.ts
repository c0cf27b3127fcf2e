import { accessSync, constants, lstatSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { isAlive } from './alive';
import { Refusal } from './refusal';

/** A file system in memory: what is written there reaches no disk. */
const MEMORY = '/dev/shm';

/** Makes a folder in memory that only its owner can look into; who asks for it removes it. @throws Refusal without one */
export function memoryFolder(): string {
  try {
    accessSync(MEMORY, constants.W_OK);
  } catch {
    throw new Refusal(`this needs ${MEMORY}, a folder in memory, so that clear text reaches no disk; nothing was run`);
  }
  removeLeftovers();
  return mkdtempSync(join(MEMORY, `homelab-${process.pid}-`));
}

/** What a run left that was killed: clear text shall not wait for the next start of the machine. */
function removeLeftovers(): void {
  for (const name of readdirSync(MEMORY)) {
    const pid = /^homelab-(\d+)-/.exec(name)?.[1];
    const path = join(MEMORY, name);
    if (!pid || isAlive(Number(pid))) continue;
    // Everybody may put things there: a link is not followed, and what goes meanwhile is nobody's trouble.
    const found = lstatSync(path, { throwIfNoEntry: false });
    if (found?.isDirectory() && found.uid === process.getuid?.()) rmSync(path, { recursive: true, force: true });
  }
}

/** Runs `work` with a folder in memory, and removes it. */
export async function inMemory<T>(work: (folder: string) => Promise<T> | T): Promise<T> {
  const folder = memoryFolder();
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
