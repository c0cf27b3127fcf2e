import { isGuest, isUnknown, listedType, nameOf, vmidOf, type Change } from '../change';
import type { ListedGuest } from '../host';
import { forbids } from '../rule';
import type { Situation } from '../situation';
import { otherHalf } from './renames-guest';

/** Whether a change puts a guest on a VMID that was not its own before. */
const isMade = (change: Change): boolean =>
  isGuest(change) &&
  !change.isImport &&
  (change.action === 'create' || (change.action === 'replace' && (isUnknown(change, ['vm_id']) || vmidOf(change.before) !== vmidOf(change.after))));

/** A VMID that is taken: the provider reports success, takes the stranger over, and the next plan destroys it. */
export const adoptsGuest = forbids('adopts-guest', 'choose a free VMID, or import the guest', (change, situation) => {
  const vmid = isMade(change) ? vmidOf(change.after) : null;
  const foreign = vmid === null ? undefined : situation.guests.get(vmid);
  if (vmid === null || !foreign || otherHalf(change, situation)) return [];
  const owner = situation.left.get(vmid)?.[0];
  const who = owner ? `, which is ${owner.address} until this plan is done` : situation.known.has(vmid) ? ', which this state knows under another address' : ', which this state does not know';
  return [
    {
      problem: `VMID ${vmid} is taken by ${foreign.name ?? 'a guest'} (${foreign.type}, ${foreign.status ?? 'unknown'})${who}: the provider would report success, take it over as this ${change.kind}, and the next plan would destroy it`,
      remedy: owner ? 'choose a free VMID, or make the two changes one after the other' : remedyFor(change, situation, vmid, foreign),
    },
  ];
});

function remedyFor(change: Change, situation: Situation, vmid: number, { name, type }: ListedGuest): string {
  if (situation.isStateEmpty) return emptyState(situation);
  const planned = nameOf(change.after);
  const isOther = name !== undefined && planned !== null && name !== planned;
  if (isOther || type !== listedType(change)) return 'choose a free VMID';
  return `choose a free VMID; if the guest is yours, left by an interrupted run, bring it in: ./house state run ${situation.stack} -- import ${change.address} NODE/${vmid}`;
}

/** A state that knows of nothing while its guests exist is a lost one. */
const emptyState = ({ stack, made, guests, disks }: Situation): string => {
  const there = [...made.keys()].filter((vmid) => guests.has(vmid) || disks.has(vmid)).sort((a, b) => a - b);
  return `the state of '${stack}' is empty, while guests of it are on the host (${there.join(', ')}); bring the state back: ./house state copies ${stack}, then restore`;
};

/** A disk without a configuration is data: a guest made on its VMID gets a new, empty disk beside it. */
export const doublesDisk = forbids('doubles-disk', 'put the configuration of the guest back first', (change, situation) => {
  const vmid = isMade(change) ? vmidOf(change.after) : null;
  // A template holds no data: one beside the rest of the old one does no harm.
  if (vmid === null || change.after?.template === true || situation.guests.has(vmid)) return [];
  const disk = situation.disks.get(vmid);
  if (disk === undefined) return [];
  return [
    {
      problem: `this would be made with a new, empty disk beside ${disk}, which belongs to no guest`,
      remedy: situation.isStateEmpty
        ? emptyState(situation)
        : `put its configuration back first: make rebuild ARGS='--only guests', or pct restore; a disk that nobody needs is renamed or destroyed by hand`,
    },
  ];
});

/** A VMID that nobody knows yet may be anybody's. */
export const unknownVmid = forbids('unknown-vmid', 'write the VMID into the definition', (change) =>
  isMade(change) && (vmidOf(change.after) === null || isUnknown(change, ['vm_id']))
    ? [{ problem: 'its VMID is only known after apply, so that nobody can see whose it is', remedy: 'write a free VMID into the definition' }]
    : [],
);

/** Two guests on one VMID: the second takes the first over. */
export const doublesVmid = forbids('doubles-vmid', 'give each guest a VMID of its own', (change, { made }) => {
  const vmid = isMade(change) ? vmidOf(change.after) : null;
  const others = vmid === null ? [] : (made.get(vmid) ?? []).filter((other) => other.address !== change.address);
  return others.map((other) => ({ problem: `VMID ${vmid} is also given to ${other.address}: the second to be made takes the first one over`, remedy: 'give each a VMID of its own' }));
});
