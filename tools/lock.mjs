// A lock between processes of one machine: a folder that holds the id of the process that made it.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 500;
const REMIND_EVERY = 40;

/** Whether a process with this id lives; an id that is not ours to signal lives too. */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** The process that holds the lock, or 0 when it died or had no time to write its id. */
function holder(folder) {
  try {
    const pid = Number(readFileSync(join(folder, 'pid'), 'utf8'));
    return isAlive(pid) ? pid : 0;
  } catch {
    return 0;
  }
}

/** Takes the lock or returns false. A lock of a dead process is removed, and taken at the next call. */
function take(folder) {
  try {
    mkdirSync(folder);
    writeFileSync(join(folder, 'pid'), String(process.pid));
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    return false;
  }
}

/**
 * Runs `work` while holding the lock `folder`, waiting for a living holder first.
 * @param waiting what to print while another process holds it, every 20 seconds
 */
export async function withLock(folder, waiting, work) {
  mkdirSync(dirname(folder), { recursive: true });
  for (let tries = 0; !take(folder); tries++) {
    const pid = holder(folder);
    if (!pid && tries > 0) rmSync(folder, { recursive: true, force: true });
    if (pid && tries % REMIND_EVERY === 0) console.log(`${waiting} (process ${pid})`);
    await sleep(POLL_MS);
  }
  try {
    return await work();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
