import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';

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
  return mkdtempSync(join(MEMORY, 'homelab-'));
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
