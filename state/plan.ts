import { join } from 'node:path';

import { inMemory } from '../common/memory';
import { PARALLELISM } from '../common/parallelism';
import { parsePlan } from '../review/parse-plan';
import type { PlanJson } from '../review/plan-json';
import type { Credentials } from './object-store';
import type { Site } from './site';
import { terraform, type TerraformRun } from './terraform';

/** How a stack is planned. */
export interface PlanOptions {
  /** Folder of the stack. */
  readonly folder: string;
  readonly credentials?: Credentials;
  /** Program that a stack's resources configure guests with. @default - the pinned ansible-playbook */
  readonly playbookProgram?: string;
  /** How long to wait for another run on the same state. @default 0 */
  readonly lockSec?: number;
  /** Where Terraform keeps what `init` prepared. @default - in the folder of the stack */
  readonly dataFolder?: string;
  /** Whether nobody sees what Terraform says. @default false */
  readonly isQuiet?: boolean;
  /** More of Terraform's arguments, as `-destroy` or `-target=ADDRESS`. @default - none */
  readonly planArguments?: readonly string[];
}

/** A plan that was made, for as long as its file exists. */
export interface MadePlan {
  readonly run: TerraformRun;
  readonly content: PlanJson;
  /** The plan for people, in Terraform's own words; it masks what is sensitive. */
  readonly text: () => Promise<string>;
  /** Applies exactly this plan. */
  readonly apply: () => Promise<TerraformRun>;
}

/**
 * Plans a stack. A plan holds secrets in clear text, and no other run may put its own in the place of one that was
 * judged: it is kept in memory, and is gone when `work` has ended.
 * @returns what `work` returns, or the run of Terraform that failed before
 */
export function withPlan(site: Site, options: PlanOptions, work: (plan: MadePlan) => Promise<TerraformRun>): Promise<TerraformRun> {
  const { folder, credentials, dataFolder, playbookProgram, lockSec = 0, isQuiet = false, planArguments = [] } = options;
  const base = { folder, ...(dataFolder ? { dataFolder } : {}), ...(credentials ? { credentials } : {}), ...(playbookProgram ? { playbookProgram } : {}) };
  const common = ['-no-color', `-lock-timeout=${lockSec}s`, `-parallelism=${PARALLELISM}`, '-var-file={}'];
  return inMemory(async (memory) => {
    const path = join(memory, 'judged.plan');
    const run = await terraform(site, ['plan', ...common, ...planArguments, `-out=${path}`], { ...base, show: !isQuiet });
    if (run.code !== 0) return run;
    const shown = await terraform(site, ['show', '-json', path], base);
    if (shown.code !== 0) return shown;
    const apply = () => terraform(site, ['apply', ...common, path], { ...base, show: true });
    const text = async () => (await terraform(site, ['show', '-no-color', path], base)).stdout;
    return work({ run, content: parsePlan(shown.stdout), text, apply });
  });
}
