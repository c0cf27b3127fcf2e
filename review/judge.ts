import type { ListedGuest } from './guest-list';
import { dataHeld, guestChanges, vmidOf, type GuestChange } from './guest-change';
import { actionOf, type PlanJson } from './plan-json';
import { rebootCauses } from './reboots';
import type { Objection } from './objection';
import { shrinks } from './shrinks';

/** What the guard judges. */
export interface GuardQuestion {
  readonly plan: PlanJson;
  /** Guests on the node now. */
  readonly guests: readonly ListedGuest[];
  /** Addresses the user named: their changes pass. */
  readonly allow: readonly string[];
  /** How many guests may be restarted. */
  readonly reboots: number;
}

/** What the guard found. */
export interface Verdict {
  /** Empty when the plan may be applied. */
  readonly refusals: readonly Objection[];
  /** Addresses of guests that will be restarted, with what causes it. */
  readonly reboots: ReadonlyMap<string, readonly string[]>;
  /** Allowed addresses the plan does not change: probably misspelled. */
  readonly unused: readonly string[];
}

/** Judges a plan against the guests that are on the node. */
export function judge({ plan, guests, allow, reboots }: GuardQuestion): Verdict {
  const changes = guestChanges(plan);
  const allowed = new Set(allow);
  const restarted = new Map(
    changes.map((change) => [change.address, rebootCauses(change)] as const).filter(([, causes]) => causes.length > 0)
  );
  const refusals = [
    ...changes.flatMap((change) => [...lossOf(change), ...adoptionOf(change, guests), ...shrinksOf(change)]),
    ...storageLosses(plan),
    ...restartsOf(changes, restarted, reboots, allowed),
  ];
  const changed = new Set((plan.resource_changes ?? []).filter((item) => actionOf(item) !== 'none').map((item) => item.address));
  return {
    refusals: refusals.filter((refusal) => !allowed.has(refusal.address)),
    reboots: restarted,
    unused: allow.filter((address) => !changed.has(address)),
  };
}

const named = (address: string): string => `when it is meant: --allow '${address}'`;

function lossOf({ address, kind, action, before }: GuestChange): Objection[] {
  if (action !== 'delete' && action !== 'replace') return [];
  const vmid = vmidOf(before);
  const held = dataHeld(before);
  const rule = action === 'delete' ? 'destroys-guest' : 'replaces-guest';
  const verb = action === 'delete' ? 'destroy' : 'destroy and create anew';
  const instead =
    action === 'delete'
      ? 'put it back into the definition, or back it up first'
      : 'make the change by hand (pct set, pct resize) and then in the definition, or back it up first';
  return [
    {
      rule,
      address,
      vmid,
      problem: `this would ${verb} the ${kind} ${vmid}${held.length > 0 ? `: ${held.join(', ')}` : ''}`,
      remedy: `${instead}; ${named(address)}`,
    },
  ];
}

function adoptionOf({ address, kind, action, before, after }: GuestChange, guests: readonly ListedGuest[]): Objection[] {
  const vmid = vmidOf(after);
  const keepsItsOwn = action === 'replace' && vmid === vmidOf(before);
  if ((action !== 'create' && action !== 'replace') || vmid === null || keepsItsOwn) return [];
  const foreign = guests.find((guest) => guest.vmid === vmid);
  if (!foreign) return [];
  return [
    {
      rule: 'adopts-guest',
      address,
      vmid,
      problem: `VMID ${vmid} is taken by ${foreign.name ?? 'a guest'} (${foreign.type}), which this state does not know: the provider would report success, take it over as this ${kind}, and the next plan would destroy it`,
      remedy: `choose a free VMID; if it is yours, left by an interrupted run, bring it in with terraform import '${address}' NODE/${vmid}, or ${named(address)}`,
    },
  ];
}

const shrinksOf = (change: GuestChange): Objection[] =>
  shrinks(change).map(({ disk, from, to }) => ({
    rule: 'shrinks-disk',
    address: change.address,
    vmid: vmidOf(change.before),
    problem: `this would shrink the ${disk} of ${change.kind} ${vmidOf(change.before)} from ${from} to ${to}`,
    remedy: `set the size back to ${from}; to give space back, make a new guest and copy the data`,
  }));

function restartsOf(
  changes: readonly GuestChange[],
  restarted: ReadonlyMap<string, readonly string[]>,
  reboots: number,
  allowed: ReadonlySet<string>,
): Objection[] {
  const unannounced = changes.filter(({ address }) => restarted.has(address) && !allowed.has(address));
  if (unannounced.length <= reboots) return [];
  return unannounced.map(({ address, kind, before }) => ({
    rule: 'restarts-guest',
    address,
    vmid: vmidOf(before),
    problem: `this would restart the running ${kind} ${vmidOf(before)} because of ${restarted.get(address)?.join(', ')}; ${unannounced.length} would be restarted, ${reboots} announced`,
    remedy: `do it when nobody is using it, with --reboots ${unannounced.length}, or leave the change out`,
  }));
}

/** Storages and pools: what is on them is out of reach, or gone, when they go. */
const STORAGE = /^proxmox_(virtual_environment_)?(storage_\w+|node_disk_zfs)$/;

const storageLosses = (plan: PlanJson): Objection[] =>
  (plan.resource_changes ?? [])
    .filter((resource) => STORAGE.test(resource.type) && ['delete', 'replace'].includes(actionOf(resource)))
    .map(({ address, change }) => ({
      rule: 'removes-storage',
      address,
      vmid: null,
      problem: `this would remove the storage ${String(change.before?.id ?? change.before?.name ?? '')}: guests on it lose their disks`,
      remedy: `keep it in the definition; ${named(address)}`,
    }));
