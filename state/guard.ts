import { join } from 'node:path';

import { Refusal } from '../common/refusal';
import type { Host } from '../review/host';
import { keptIn } from '../review/kept';
import { judge, type Verdict } from '../review/judge';
import type { Permission as OnePermission } from '../review/permission';
import type { PlanJson } from '../review/plan-json';
import { refusalText, toldLines } from '../review/report';
import { readStack, type Site, type StackName } from './site';
import { readGuests, readStateGuest } from './stacks';

/** What the owner lets a plan do beyond making things. */
export interface Permission {
  /** What passes although a rule refuses it. */
  readonly allow: readonly OnePermission[];
  /** How many running guests may be restarted. */
  readonly reboots: number;
}

/** Nothing but what no rule refuses. */
export const NOTHING: Permission = { allow: [], reboots: 0 };

/** A plan of a stack, and what is on the host. */
export interface Case {
  readonly stack: StackName;
  readonly plan: PlanJson;
  readonly host: Host;
  readonly permission: Permission;
}

/** VMID of the guest that keeps the state, undefined when none of this house does. */
export function stateVmid(site: Site): number | undefined {
  const folder = join(site.root, 'cdktf.out', 'stacks');
  return readStateGuest(folder, readGuests(folder))?.vmid;
}

/**
 * Has a plan judged against what is on the host: Terraform itself would take over a guest whose id is taken, and
 * replaces one for a change that looks small.
 * @throws Refusal with the rules that refuse it, and what to do
 */
export function requireJudged(site: Site, { stack, plan, host, permission }: Case): Verdict {
  const keeper = stateVmid(site);
  const verdict = judge({ plan, host, stack, kept: keptIn(readStack(site, stack)), permissions: permission.allow, restarts: permission.reboots, ...(keeper === undefined ? {} : { stateVmid: keeper }) });
  for (const line of toldLines(verdict)) console.log(`guard: ${line}`);
  if (verdict.objections.length > 0) throw new Refusal(`the guard did not let the plan pass; nothing was applied\n\n  ${refusalText(verdict)}`);
  console.log('guard: the plan may be applied');
  return verdict;
}
