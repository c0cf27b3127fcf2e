import { isGuest, macsOf, nameOf, vmidOf, type Change } from '../change';
import { asks } from '../rule';
import type { Situation } from '../situation';
import type { Attributes } from '../plan-json';

const REMEDY =
  'give the other guest back its own VMID, or choose a free one for the service; if it is the same guest, changed or restored by hand, set its name and MAC address back, or name it';

/** A VMID under which another guest is found than the state knew: everything that follows would be done to a stranger. */
export const recycledGuest = asks('recycled-guest', 'loss', (change, situation) => {
  if (!isGuest(change) || change.isImport || change.before === null) return [];
  const problem = drifted(change) ?? misnamed(change, situation);
  return problem === undefined ? [] : [{ problem, remedy: REMEDY }];
});

/** What Terraform itself has found to be another guest since the state was written. */
function drifted({ drift }: Change): string | undefined {
  if (!drift?.before || !drift.after) return undefined;
  const [old, now] = [macsOf(drift.before), macsOf(drift.after)];
  if (old.some((mac) => now.includes(mac))) return undefined;
  const names = [nameOf(drift.before), nameOf(drift.after)];
  if (old.length === 0 && names[0] === names[1]) return undefined;
  return `guest ${vmidOf(drift.after)} was ${described(drift.before)}, it is now ${described(drift.after)}`;
}

/** What the host's list calls by another name than Terraform has found. */
function misnamed({ before }: Change, { guests }: Situation): string | undefined {
  const vmid = vmidOf(before);
  const listed = vmid === null ? undefined : guests.get(vmid);
  const name = nameOf(before);
  if (!listed?.name || name === null || listed.name === name) return undefined;
  return `guest ${vmid} was ${described(before)}, and the host's list calls it '${listed.name}'`;
}

function described(values: Attributes | null): string {
  const macs = macsOf(values);
  const name = nameOf(values);
  return `${name === null ? 'without a name' : `'${name}'`}${macs.length > 0 ? ` with MAC ${macs.join(', ')}` : ''}`;
}
