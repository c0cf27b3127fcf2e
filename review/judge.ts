import { Refusal } from '../common/refusal';
import { changesOf, isGuest, nameOf, vmidOf, type Change } from './change';
import { LIST_GUESTS, type Host } from './host';
import type { Objection } from './objection';
import { requireForm } from './parse-plan';
import { permits, type Permission } from './permission';
import type { PlanJson } from './plan-json';
import { restartCauses } from './restart-causes';
import { allowText } from './rule';
import { RULES } from './rules';
import { veilOf, type Veil } from './veil';
import { isGuestResource, priorResources, situationOf, type Situation } from './situation';
import { requireWhole } from './whole-plan';

/** What is judged, and what the owner said of it. */
export interface Question {
  readonly plan: PlanJson;
  /** What is on the host now. */
  readonly host: Host;
  /** What the owner lets pass. @default - nothing */
  readonly permissions?: readonly Permission[];
  /** How many running guests may be restarted, whichever they are. @default 0 */
  readonly restarts?: number;
  /** VMID of the guest that keeps the state. @default - it is kept elsewhere */
  readonly stateVmid?: number;
  /** Addresses that the stack keeps by `prevent_destroy`. @default - the stack is not looked at */
  readonly kept?: ReadonlySet<string>;
  /** Name of the stack, for remedies. @default 'STACK' */
  readonly stack?: string;
}

/** A running guest that an apply restarts. */
export interface Restart {
  readonly address: string;
  readonly vmid: number | null;
  readonly guest: string | null;
  /** The changed values that cause it. */
  readonly causes: readonly string[];
}

/** What the judge says of a plan. */
export interface Verdict {
  /** What stands in the way, all of it; the plan may be applied when this is empty. */
  readonly objections: readonly Objection[];
  /** What the owner let pass, by name or as an announced restart. */
  readonly allowed: readonly Objection[];
  /** Running guests that are restarted, allowed or not. */
  readonly restarts: readonly Restart[];
  /** What only has to be known before one says yes; their severity is `told`. */
  readonly notes: readonly Objection[];
  /** Permissions that nothing in this plan needs: misspelled, or too many. */
  readonly unused: readonly Permission[];
}

/**
 * Judges everything in a plan against what is on the host.
 * @throws Refusal when the plan or the guest list cannot be judged: another form, only a part of a plan, or the list of
 * another host
 */
export function judge(question: Question): Verdict {
  const { plan, host, permissions = [], restarts: announced = 0, stateVmid = null, kept = null, stack = 'STACK' } = question;
  requireForm(plan);
  requireWhole(plan);
  const veil = veilOf(plan);
  requireOwnList(plan, host, veil);
  const changes = changesOf(plan);
  const situation = situationOf(plan, changes, host, { stack, stateVmid, kept });
  const found = changes.flatMap((change) => objectionsTo(change, situation, veil));
  const [notes, serious] = split(found, ({ severity }) => severity === 'told');
  const [named, others] = split(serious, (objection) => permissions.some((permission) => permits(permission, objection)));
  const [restarting, refused] = split(others, ({ rule }) => rule === 'restarts-guest');
  const enough = restarting.length <= announced;
  return {
    objections: enough ? refused : [...refused, ...restarting.map((objection) => counted(objection, restarting.length, announced))],
    allowed: enough ? [...named, ...restarting] : named,
    restarts: changes.filter(isGuest).flatMap((change) => restartOf(change, veil)),
    notes,
    unused: permissions.filter((permission) => !serious.some((objection) => permits(permission, objection))),
  };
}

function objectionsTo(change: Change, situation: Situation, veil: Veil): Objection[] {
  const { address } = change;
  return RULES.flatMap(({ name: rule, severity, allowable, judge: look }) =>
    look(change, situation).map(({ problem, remedy }) => ({
      rule,
      severity,
      address,
      ...identity(change, veil),
      problem: veil(problem),
      remedy: allowable ? `${veil(remedy)}; ${allowText({ rule, address })}` : veil(remedy),
    })),
  );
}

function identity(change: Change, veil: Veil): { vmid: number | null; guest: string | null } {
  if (!isGuest(change)) return { vmid: null, guest: null };
  const values = change.before ?? change.after;
  const guest = nameOf(values);
  return { vmid: vmidOf(values), guest: guest !== null && veil(guest) === guest ? guest : null };
}

function restartOf(change: Change, veil: Veil): Restart[] {
  const causes = restartCauses(change);
  return causes.length === 0 ? [] : [{ address: change.address, ...identity(change, veil), causes }];
}

const counted = (objection: Objection, restarting: number, announced: number): Objection => ({
  ...objection,
  problem: `${objection.problem}; ${restarting} would be restarted, ${announced} announced`,
  remedy: `${objection.remedy}, or for all of them: --reboots ${restarting}`,
});

function split<T>(items: readonly T[], isFirst: (item: T) => boolean): [T[], T[]] {
  const parts: [T[], T[]] = [[], []];
  for (const item of items) parts[isFirst(item) ? 0 : 1].push(item);
  return parts;
}

/** A guest that Terraform has just found on the host is in the host's own list. */
function requireOwnList(plan: PlanJson, { guests }: Host, veil: Veil): void {
  const listed = new Set(guests.map(({ vmid }) => vmid));
  const missing = priorResources(plan)
    .filter(isGuestResource)
    .map(({ values }) => ({ vmid: vmidOf(values ?? null), name: nameOf(values ?? null) }))
    .filter(({ vmid }) => vmid !== null && !listed.has(vmid));
  if (missing.length === 0) return;
  const names = missing.map(({ vmid, name }) => `${vmid}${name === null ? '' : ` (${veil(name)})`}`);
  throw new Refusal(
    `the guest list has ${guests.length} guests and lacks ${names.join(', ')}, which Terraform has found on the host: it is the list of another host, or a cut one`,
    `read it again on the host of this state: ${LIST_GUESTS}`,
  );
}

