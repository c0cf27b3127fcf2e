import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { isAlive } from '../common/alive';
import { Refusal } from '../common/refusal';
import { privateFolder, type Site } from './site';

/** Makes the lock with its process id in it at once: an empty one would look like a leftover to another run. */
function create(path: string): boolean {
  const own = `${path}.${process.pid}`;
  writeFileSync(own, String(process.pid), { mode: 0o600 });
  try {
    linkSync(own, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return false;
  } finally {
    rmSync(own, { force: true });
  }
}

/** Process id in a lock; undefined when its holder has just let go. */
function holder(path: string): number | undefined {
  try {
    return Number(readFileSync(path, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return undefined;
  }
}

/** Puts away the lock of a process that is dead. @returns false when another run was quicker, whose lock then stays */
function clear(path: string, dead: number): boolean {
  const aside = `${path}.dead.${process.pid}`;
  try {
    renameSync(path, aside);
    if (holder(aside) === dead) return true;
    linkSync(aside, path);
    return false;
  } catch (error) {
    if (!['ENOENT', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    return false;
  } finally {
    rmSync(aside, { force: true });
  }
}

/**
 * Runs `work` as the only one of its name on this machine.
 * @throws Refusal naming the process that is at it already
 */
export async function exclusively<T>(site: Pick<Site, 'base'>, name: string, work: () => Promise<T>): Promise<T> {
  const path = join(privateFolder(site.base), `${name}.pid`);
  if (!create(path)) {
    const pid = holder(path) ?? 0;
    if (pid && isAlive(pid)) throw new Refusal(`another ${name} is at work here (process ${pid}); wait for it`);
    // Left behind by a kill, or let go of just now.
    clear(path, pid);
    if (!create(path)) throw new Refusal(`another ${name} has just been started here; wait for it`);
  }
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
}
