import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

import { Refusal } from '../common/refusal';
import { NOTHING, requireJudged } from './guard';
import { readHost } from './host';
import type { Credentials } from './object-store';
import { withPlan, type MadePlan } from './plan';
import type { Site, StackName } from './site';
import type { TerraformRun } from './terraform';
import { freshFolder } from './working-folder';

/** Terraform's words, and OpenTofu's, for a plan that would destroy what `prevent_destroy` keeps. */
const PREVENTED = /Instance cannot be destroyed|Resource instance cannot be destroyed/;

/** A stack that Terraform was run on. */
export interface Failed {
  readonly stack: StackName;
  readonly folder: string;
  readonly credentials?: Credentials;
  readonly planArguments?: readonly string[];
}

/** Addresses of what Terraform would not destroy, from the words of a plan that it refused; none when it refused none. */
export function preventedIn({ code, stdout, stderr }: TerraformRun): string[] {
  const words = `${stdout}\n${stderr}`;
  if (code === 0 || !PREVENTED.test(words)) return [];
  const kept = new Set([...words.matchAll(/Resource(?: instance)?\s+(\S+)\s+has/g)].map(([, address]) => address!));
  return kept.size > 0 ? [...kept] : ['something'];
}

/** Plans a stack in a copy without `prevent_destroy`, which is looked at and never applied. @returns what `work` returns */
export function withLiftedPlan(site: Site, { stack, folder, credentials, planArguments = [] }: Failed, work: (plan: MadePlan) => Promise<TerraformRun>): Promise<TerraformRun> {
  const copy = liftedCopy(site, stack, folder);
  const options = { folder: copy, dataFolder: join(folder, '.terraform'), ...(credentials && { credentials }), isQuiet: true, planArguments: [...planArguments, '-lock=false'] };
  return withPlan(site, options, work);
}

/**
 * Says of a plan that Terraform refused, in one line and without the value, what it would do to which guest and why.
 * @throws Refusal when that is why the run failed
 */
export async function explainPrevented(site: Site, failed: Failed, run: TerraformRun): Promise<void> {
  const kept = preventedIn(run);
  if (site.kind !== 'real' || kept.length === 0) return;
  const { stack } = failed;
  await withLiftedPlan(site, failed, async ({ content: plan, run: planned }) => {
    requireJudged(site, { stack, plan, host: readHost(site), permission: NOTHING });
    return planned;
  });
  throw new Refusal(`${kept.join(', ')} must not be destroyed, which this plan of '${stack}' would do; nothing was applied`, 'put its values back into the definition');
}

/** A copy of a stack's folder that may be planned although it destroys what it must keep. */
function liftedCopy(site: Site, stack: StackName, folder: string): string {
  const copy = freshFolder(site, 'lifted', stack);
  cpSync(folder, copy, { recursive: true, filter: (path) => basename(path) !== '.terraform' && !/\.tfstate/.test(path) });
  const path = join(copy, 'cdk.tf.json');
  const config = JSON.parse(readFileSync(path, 'utf8')) as { resource?: Record<string, Record<string, { lifecycle?: { prevent_destroy?: boolean } }>> };
  for (const { lifecycle } of Object.values(config.resource ?? {}).flatMap((named) => Object.values(named))) delete lifecycle?.prevent_destroy;
  writeFileSync(path, JSON.stringify(config));
  return copy;
}
