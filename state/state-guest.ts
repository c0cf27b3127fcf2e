import { Refusal } from '../common/refusal';
import { changesOf, isGuest, vmidOf, type Change } from '../review/change';
import type { Verdict } from '../review/judge';
import type { PlanJson } from '../review/plan-json';

const changing = (plan: PlanJson): Change[] => changesOf(plan).filter(({ action }) => action !== 'none');

/** The change of the guest that keeps the state; one that is only made now does not keep it yet. */
const ofKeeper = (plan: PlanJson, vmid: number | undefined): Change | undefined =>
  vmid === undefined ? undefined : changing(plan).find((change) => isGuest(change) && vmidOf(change.before) === vmid);

/** Whether a plan changes the guest that keeps the state. @param vmid of that guest, undefined when it is kept elsewhere */
export const touches = (plan: PlanJson, vmid: number | undefined): boolean => ofKeeper(plan, vmid) !== undefined;

/**
 * The guest that keeps the state is stopped alone: what else Terraform has done by then could not be written down.
 * @throws Refusal when a plan that restarts it, or worse, changes anything of another guest as well
 */
export function requireAlone(plan: PlanJson, { restarts, allowed }: Verdict, vmid: number | undefined): void {
  const keeper = ofKeeper(plan, vmid);
  if (!keeper || ![...restarts, ...allowed].some((each) => each.vmid === vmid)) return;
  // What configures it, and the file that hands addresses over, follow it.
  const others = changing(plan).filter(({ address, name, type }) => address !== keeper.address && name !== keeper.name && type !== 'local_file');
  if (others.length === 0) return;
  throw new Refusal(
    `${keeper.address} (guest ${vmid}) keeps the state and would be stopped or restarted, together with ${others.map(({ address }) => address).join(', ')}; nothing was applied`,
    'take its change out of the definition, apply the others, then put it back and apply it alone',
  );
}
