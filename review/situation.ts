import type { Change } from './change';
import { isGuest, vmidOf } from './change';
import { disksByGuest, type Host, type ListedGuest } from './host';
import { kindOf } from './kinds';
import type { PlanJson, StateModule, StateResource } from './plan-json';

/** Everything that stands around one change. */
export interface Situation {
  readonly changes: readonly Change[];
  /** The host's guests by VMID. */
  readonly guests: ReadonlyMap<number, ListedGuest>;
  /** A disk of each guest that has one on the host, by VMID; empty when disks were not looked at. */
  readonly disks: ReadonlyMap<number, string>;
  /** Guests the plan makes, by the VMID it makes them on. */
  readonly made: ReadonlyMap<number, readonly Change[]>;
  /** Guests the plan takes away from a VMID, by that VMID. */
  readonly left: ReadonlyMap<number, readonly Change[]>;
  /** VMIDs of guests that the state knows. */
  readonly known: ReadonlySet<number>;
  /** Whether the state knows of nothing. */
  readonly isStateEmpty: boolean;
  /** Addresses that the stack keeps by `prevent_destroy`, null when the stack was not looked at. */
  readonly kept: ReadonlySet<string> | null;
  /** Name of the stack, for remedies. */
  readonly stack: string;
  /** VMID of the guest that keeps the state, null when it is kept elsewhere. */
  readonly stateVmid: number | null;
}

/** Looks around. */
export function situationOf(plan: PlanJson, changes: readonly Change[], host: Host, more: Pick<Situation, 'stack' | 'stateVmid' | 'kept'>): Situation {
  const known = priorResources(plan);
  const guests = changes.filter(isGuest);
  return {
    ...more,
    changes,
    guests: new Map(host.guests.map((guest) => [guest.vmid, guest])),
    disks: disksByGuest(host.disks ?? []),
    made: byVmid(guests.filter(isMaking), (change) => vmidOf(change.after)),
    left: byVmid(guests.filter(isLeaving), (change) => vmidOf(change.before)),
    known: new Set([
      ...known.filter(isGuestResource).flatMap(({ values }) => vmidOf(values ?? null) ?? []),
      ...guests.flatMap(({ before }) => vmidOf(before) ?? []),
    ]),
    isStateEmpty: known.every(({ mode }) => mode === 'data') && changes.every(({ before }) => before === null),
  };
}

/** Whether a change makes a guest, on a VMID that was not its own. */
const isMaking = ({ action, before, after }: Change): boolean =>
  action === 'create' || (action === 'replace' && vmidOf(before) !== vmidOf(after));

/** Whether a change takes a guest from its VMID, or out of the state. */
const isLeaving = ({ action, before, after }: Change): boolean =>
  action === 'delete' || action === 'forget' || (action === 'replace' && vmidOf(before) !== vmidOf(after));

function byVmid(changes: readonly Change[], vmidIn: (change: Change) => number | null): Map<number, Change[]> {
  const found = new Map<number, Change[]>();
  for (const change of changes) {
    const vmid = vmidIn(change);
    if (vmid !== null) found.set(vmid, [...(found.get(vmid) ?? []), change]);
  }
  return found;
}

/** Everything the state held when it was planned. */
export const priorResources = ({ prior_state: prior }: PlanJson): StateResource[] => resourcesIn(prior?.values?.root_module);

const resourcesIn = (module: StateModule | undefined): StateResource[] =>
  module ? [...(module.resources ?? []), ...(module.child_modules ?? []).flatMap(resourcesIn)] : [];

/** Whether the state holds a guest there. */
export const isGuestResource = ({ mode, type }: StateResource): boolean =>
  mode !== 'data' && type !== undefined && ['container', 'virtual machine'].includes(kindOf(type));
