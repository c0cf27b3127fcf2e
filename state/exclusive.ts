import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

import { isAlive } from '../common/alive';
import { Refusal } from '../common/refusal';
import { privateFolder, type Site } from './site';

function create(path: string): boolean {
  try {
    const handle = openSync(path, 'wx', 0o600);
    writeSync(handle, String(process.pid));
    closeSync(handle);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return false;
  }
}

/**
 * Runs `work` as the only one of its name on this machine.
 * @throws Refusal naming the process that is at it already
 */
export async function exclusively<T>(site: Pick<Site, 'base'>, name: string, work: () => Promise<T>): Promise<T> {
  const path = join(privateFolder(site.base), `${name}.pid`);
  if (!create(path)) {
    const pid = Number(readFileSync(path, 'utf8'));
    if (pid && isAlive(pid)) throw new Refusal(`another ${name} is at work here (process ${pid}); wait for it`);
    // Left behind by a kill.
    rmSync(path, { force: true });
    if (!create(path)) throw new Refusal(`another ${name} has just been started here; wait for it`);
  }
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
}
