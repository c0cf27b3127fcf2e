import { Refusal } from '../../common/refusal';
import type { PlanJson } from '../../review/plan-json';
import { withPlan, type MadePlan } from '../plan';
import { preventedIn, withLiftedPlan } from '../prevented';
import type { StackName } from '../site';
import { sayAside } from './common';
import { explain, openHouse, type HouseStack } from './house';

/**
 * The plan of a stack of the real house, which is only looked at.
 * @param isQuiet whether nobody sees what Terraform says. @default true
 * @throws Refusal when there can be none
 */
export async function plannedStack(root: string, stack: StackName, isQuiet = true): Promise<PlanJson> {
  const house = await openHouse(root, stack, sayAside);
  let content: PlanJson | undefined;
  const run = await withPlan(house.site, { ...house.options, isQuiet }, async (plan) => {
    content = plan.content;
    return plan.run;
  });
  if (content) return content;
  return cannotBePlanned(house, run);
}

/** A plan of the real house for a review. */
export interface LookedAt {
  readonly plan: PlanJson;
  /** In Terraform's own words; what is sensitive is masked. */
  readonly text: string;
  /** Addresses of what it would destroy although Terraform may not: the plan was made in a copy without that. */
  readonly prevented: readonly string[];
}

/** Seconds that a review waits for whoever is at work on the state. */
const LOCK_SEC = 60;

/**
 * The plan of a stack of the real house, also one that Terraform refuses because something must not be destroyed.
 * @throws Refusal when there can be none
 */
export async function lookedAtStack(root: string, stack: StackName): Promise<LookedAt> {
  const house = await openHouse(root, stack, sayAside);
  let found: Omit<LookedAt, 'prevented'> | undefined;
  const look = async ({ content: plan, text, run }: MadePlan) => {
    found = { plan, text: await text() };
    return run;
  };
  const run = await withPlan(house.site, { ...house.options, isQuiet: true, lockSec: LOCK_SEC }, look);
  const prevented = found ? [] : preventedIn(run);
  const lifted = prevented.length > 0 ? await withLiftedPlan(house.site, { ...house.options, stack }, look) : run;
  return found ? { ...(found as Omit<LookedAt, 'prevented'>), prevented } : cannotBePlanned(house, lifted);
}

function cannotBePlanned(house: HouseStack, run: Parameters<typeof explain>[1]): never {
  explain(house, run);
  throw new Refusal(`stack '${house.stack}' cannot be planned`);
}
