import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { Refusal } from '../common/refusal';
import { privateFolder, type Site } from './site';

const WAIT_SEC = 600;

/** The file that names the Terraform which a run has started and not yet seen end. */
function childPath(site: Site): string {
  return join(site.base, 'child.json');
}

/** Notes a started child, so that a run after a kill can find it still at work. */
export function noteChild(site: Site, pid: number, what: string): void {
  writeFileSync(join(privateFolder(site.base), 'child.json'), JSON.stringify({ pid, what }));
}

/** Forgets a child that has ended. */
export function forgetChild(site: Site): void {
  rmSync(childPath(site), { force: true });
}

/** Whether a process is one of ours; process ids are given out again. */
function isOurs(pid: number): boolean {
  try {
    return /terraform|tofu|sops/.test(readFileSync(`/proc/${pid}/cmdline`, 'utf8'));
  } catch {
    return false;
  }
}

/** Waits for a Terraform that outlived a killed run: a second one beside it would fight over the same state. */
export async function waitForOrphan(site: Site, say: (line: string) => void): Promise<void> {
  const path = childPath(site);
  if (!existsSync(path)) return;
  const { pid, what } = JSON.parse(readFileSync(path, 'utf8') || '{}') as { pid?: number; what?: string };
  for (let waited = 0; pid && isOurs(pid); waited++) {
    if (waited === 0) say(`'terraform ${what}' of the interrupted run is still at work (process ${pid}); waiting for it`);
    if (waited > WAIT_SEC * 5) throw new Refusal(`'terraform ${what}' (process ${pid}) of an interrupted run does not end; look at it, then run again`);
    await sleep(200);
  }
  rmSync(path, { force: true });
}
