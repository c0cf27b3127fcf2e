import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { memoryFolder } from '../common/memory';
import { Refusal } from '../common/refusal';
import type { Site } from './site';
import { sshToHost } from './ssh';

/** What the owner lets a plan do beyond making things. */
export interface Permission {
  /** Addresses of resources whose changes pass. */
  readonly allow: readonly string[];
  /** How many running guests may be restarted. */
  readonly reboots: string;
}

/** The guard is a program of its own: it knows no more of this house than the two files it is given. */
const GUARD = join('review', 'main.ts');

const NOTHING: Permission = { allow: [], reboots: '0' };

/**
 * Has the guard judge a plan against the guests that are on the host now: Terraform itself would take over a guest
 * whose id is taken, and replaces one for a change that looks small.
 * @param planJson output of `terraform show -json`
 * @throws Refusal when the guard refuses, which has said why
 */
export function requireGuard(site: Site, planJson: string, permission: Permission = NOTHING): void {
  const guests = sshToHost(site, 'pvesh get /cluster/resources --type vm --output-format json');
  const memory = memoryFolder();
  try {
    const path = join(memory, 'plan.json');
    writeFileSync(path, planJson);
    const allow = permission.allow.flatMap((address) => ['--allow', address]);
    const args = ['--import', 'tsx', GUARD, '--plan', path, '--guests', '-', '--reboots', permission.reboots, ...allow];
    const run = spawnSync(process.execPath, args, { cwd: join(__dirname, '..'), input: guests, stdio: ['pipe', 'inherit', 'inherit'] });
    if (run.status !== 0) throw new Refusal('the guard did not let the plan pass, see above; nothing was applied');
  } finally {
    rmSync(memory, { recursive: true, force: true });
  }
}
