import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { Refusal } from './refusal';

/** A file system in memory: what is written there reaches no disk. */
const MEMORY = '/dev/shm';

/** Runs `work` with a folder in memory that only its owner can look into, and removes it. @throws Refusal without one */
export async function inMemory<T>(work: (folder: string) => Promise<T> | T): Promise<T> {
  try {
    accessSync(MEMORY, constants.W_OK);
  } catch {
    throw new Refusal(`this needs ${MEMORY}, a folder in memory, so that clear text reaches no disk; use instead: npm run secrets -- set NAME`);
  }
  const folder = mkdtempSync(join(MEMORY, 'homelab-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
