import { Refusal } from '../common/refusal';
import { judge, type Verdict } from '../review/judge';
import { objectionText } from '../review/objection';
import type { PlanJson } from '../review/plan-json';
import type { HostContents } from './host';

/** What the owner lets a plan do beyond making things. */
export interface Permission {
  /** What passes although a rule refuses it. */
  readonly allow: readonly string[];
  /** How many running guests may be restarted. */
  readonly reboots: number;
}

/** Nothing but what no rule refuses. */
export const NOTHING: Permission = { allow: [], reboots: 0 };

/**
 * Has a plan judged against what is on the host: Terraform itself would take over a guest whose id is taken, and
 * replaces one for a change that looks small.
 * @throws Refusal with the rules that refuse it, and what to do
 */
export function requireJudged(plan: PlanJson, host: HostContents, { allow, reboots }: Permission): Verdict {
  const verdict = judge({ plan, guests: host.guests, allow, reboots });
  for (const address of verdict.unused) console.error(`guard: --allow '${address}' matches no change of this plan`);
  for (const [address, causes] of verdict.reboots) console.log(`will restart ${address}: ${causes.join(', ')}`);
  if (verdict.refusals.length > 0) {
    throw new Refusal(`the guard did not let the plan pass; nothing was applied\n\n  ${verdict.refusals.map(objectionText).join('\n\n  ')}`);
  }
  console.log('guard: the plan may be applied');
  return verdict;
}
