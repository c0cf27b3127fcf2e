import { guestText, isGuest, vmidOf } from '../change';
import { restartCauses } from '../restart-causes';
import { asks } from '../rule';

/** A running guest is restarted when that was announced, as a number or by name. */
export const restartsGuest = asks('restarts-guest', 'outage', (change) => {
  const causes = restartCauses(change);
  if (!isGuest(change) || causes.length === 0) return [];
  return [{ problem: `this would restart the running ${guestText(change).slice('the '.length)} because of ${causes.join(', ')}`, remedy: 'do it when nobody is using it, or leave the change out' }];
});

/** The guest that keeps the state is restarted alone, by name: what Terraform has done by then cannot be written down. */
export const restartsState = asks('restarts-state', 'outage', (change, { stateVmid }) => {
  if (!isGuest(change) || stateVmid === null || vmidOf(change.before) !== stateVmid || restartCauses(change).length === 0) return [];
  return [
    {
      problem: `guest ${stateVmid} keeps the state, and this would restart it while Terraform has to write there`,
      remedy: 'change it last and alone, with a fresh copy of the state',
    },
  ];
});
