import { join } from 'node:path';

import { inMemory } from '../common/memory';
import { requireGuard, type Permission } from './guard';
import type { Credentials } from './object-store';
import type { Site } from './site';
import { terraform, type TerraformRun } from './terraform';

/** How a stack is applied. */
export interface ApplyOptions {
  readonly folder: string;
  readonly credentials?: Credentials;
  /** Program that a stack's resources configure guests with. @default - the pinned ansible-playbook */
  readonly playbookProgram?: string;
  /** What the owner lets the plan do. @default - only make things */
  readonly permission?: Permission;
  /** How long to wait for another run on the same state. @default 0 */
  readonly lockSec?: number;
  /** Asked before anything is changed. @default - it goes on */
  readonly confirm?: () => Promise<boolean>;
}

/**
 * Plans, has the plan judged against the host as it is, and applies exactly that plan.
 * @returns the run of Terraform that failed, or the last one
 */
export async function guardedApply(site: Site, options: ApplyOptions): Promise<TerraformRun> {
  const { folder, credentials, permission, confirm, lockSec = 0, playbookProgram } = options;
  const lock = `-lock-timeout=${lockSec}s`;
  const base = { folder, ...(credentials ? { credentials } : {}), ...(playbookProgram ? { playbookProgram } : {}) };
  // A plan holds secrets in clear text, and no other run may put its own in the place of the one that was judged.
  return inMemory(async (memory) => {
    const plan = join(memory, 'judged.plan');
    const planned = await terraform(site, ['plan', '-no-color', lock, '-var-file={}', `-out=${plan}`], { ...base, show: true });
    if (planned.code !== 0) return planned;
    const shown = await terraform(site, ['show', '-json', plan], base);
    if (shown.code !== 0) return shown;
    if (site.kind === 'real') requireGuard(site, shown.stdout, permission);
    if (confirm && !(await confirm())) return planned;
    return terraform(site, ['apply', '-no-color', lock, '-var-file={}', plan], { ...base, show: true });
  });
}
