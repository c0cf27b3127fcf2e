import { Refusal } from '../common/refusal';
import { changesOf, vmidOf } from '../review/change';
import { planDeeds } from '../review/digest';
import type { PlanJson } from '../review/plan-json';
import { NOTHING, requireJudged, stateVmid, type Case, type Permission } from './guard';
import { requireAlone, touches } from './state-guest';
import { hostChanges, readHost, type HostContents } from './host';
import { withPlan, type MadePlan, type PlanOptions } from './plan';
import { explainPrevented } from './prevented';
import type { Site, StackName } from './site';
import type { TerraformRun } from './terraform';

/** How a stack is applied. */
export interface ApplyOptions extends PlanOptions {
  readonly stack: StackName;
  /** What the owner lets the plan do. @default - only make things */
  readonly permission?: Permission;
  /** Asked before anything is changed. @default - it goes on */
  readonly confirm?: () => Promise<boolean>;
  /** Whether the judged plan is only looked at. @default false */
  readonly isDryRun?: boolean;
  /** What the plan may do, as `planDeeds` tells it, neither more nor less. @default - it is not compared */
  readonly reviewed?: readonly string[];
  /** Done before a plan is applied that touches the guest which keeps the state. @default - nothing */
  readonly keepState?: () => Promise<void>;
}

/**
 * The one way by which anything of the house is changed: plans, has the plan judged against the host as it is, asks,
 * looks at the host again, and applies exactly that plan. A rehearsal, which has no host, is not judged.
 * @returns the run of Terraform that failed, or the last one
 */
export async function guardedApply(site: Site, options: ApplyOptions): Promise<TerraformRun> {
  const done = await withPlan(site, options, async (plan) => {
    if (site.kind === 'real') {
      await judgeAndAsk(site, plan, options);
      if (options.isDryRun) return plan.run;
      if (touches(plan.content, stateVmid(site))) await options.keepState?.();
    }
    return plan.apply();
  });
  await explainPrevented(site, options, done);
  return done;
}

async function judgeAndAsk(site: Site, { content: plan }: MadePlan, { stack, permission = NOTHING, confirm, reviewed }: ApplyOptions): Promise<void> {
  if (reviewed) requireReviewed(plan, reviewed);
  const host = readHost(site);
  const judged = { stack, plan, host, permission };
  requireAlone(plan, requireJudged(site, judged), stateVmid(site));
  if (!confirm) return;
  if (!(await confirm())) throw new Refusal('nothing was applied');
  requireUnchanged(site, judged, host, readHost(site));
}

/** @throws Refusal when a plan does more or less than what was reviewed */
function requireReviewed(plan: PlanJson, reviewed: readonly string[]): void {
  const deeds = planDeeds(plan);
  const differing = [...deeds.filter((deed) => !reviewed.includes(deed)).map((deed) => `  + ${deed}`), ...reviewed.filter((deed) => !deeds.includes(deed)).map((deed) => `  - ${deed}`)];
  if (differing.length > 0) throw new Refusal(`the plan is no longer the one that was reviewed; nothing was applied\n${differing.join('\n')}`, 'review it anew');
}

/** Hours may lie between the question and the answer. */
function requireUnchanged(site: Site, judged: Case, before: HostContents, after: HostContents): void {
  const changes = hostChanges(before, after);
  if (changes.length === 0) return;
  for (const { words } of changes) console.error(`state: since this plan was made, ${words}`);
  const planned = new Set(changesOf(judged.plan).filter(({ action }) => action !== 'none').flatMap((change) => [vmidOf(change.before), vmidOf(change.after)]));
  const concerned = changes.filter(({ vmid }) => vmid !== null && planned.has(vmid));
  if (concerned.length > 0) {
    throw new Refusal(`the host is no longer what this plan was made for (${concerned.map(({ words }) => words).join('; ')}); nothing was applied. Run it again to have a new plan judged`);
  }
  requireJudged(site, { ...judged, host: after });
}
