import { Refusal } from '../../common/refusal';
import type { PlanJson } from '../../review/plan-json';
import { withPlan } from '../plan';
import type { StackName } from '../site';
import { explain, openHouse } from './house';

/**
 * The plan of a stack of the real house, which is only looked at.
 * @param isQuiet whether nobody sees what Terraform says. @default true
 * @throws Refusal when there can be none
 */
export async function plannedStack(root: string, stack: StackName, isQuiet = true): Promise<PlanJson> {
  const house = await openHouse(root, stack);
  let content: PlanJson | undefined;
  const run = await withPlan(house.site, { ...house.options, isQuiet }, async (plan) => {
    content = plan.content;
    return plan.run;
  });
  if (content) return content;
  explain(house, run);
  throw new Refusal(`stack '${stack}' cannot be planned`);
}
