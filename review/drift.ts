import { valueChanges } from './document/plan-values';
import { valueChangeText } from './document/wording';
import { doneIn, type PlanJson, type ResourceChange } from './plan-json';
import { restartCauses } from './restart-causes';
import { changesOf } from './change';

/** How one resource of the real house differs from the definition. */
export interface Drift {
  readonly address: string;
  /** `changed` past Terraform, `gone` from the host, or `pending`: defined and not applied yet. */
  readonly kind: 'changed' | 'gone' | 'pending';
  /** Each value that differs, in words. */
  readonly values: readonly string[];
  /** What an apply would do about it. */
  readonly apply: 'nothing' | 'sets it back' | 'sets it back and restarts the guest' | 'makes it again' | 'applies it' | 'applies it and restarts the guest';
}

/** How the real house differs from its definition, by a plan of one stack: first what was changed past Terraform. */
export function driftOf(plan: PlanJson): Drift[] {
  const planned = new Map(doneIn(plan).map((change) => [change.address, change]));
  const restarting = new Set(changesOf(plan).filter((change) => restartCauses(change).length > 0).map(({ address }) => address));
  const drifted = (plan.resource_drift ?? []).map((resource): Drift => found(resource, planned.has(resource.address), restarting.has(resource.address)));
  const known = new Set(drifted.map(({ address }) => address));
  const pending = [...planned.values()].filter((resource) => !known.has(resource.address) && !isConsequence(resource, [...planned.values()]));
  return [...drifted, ...pending.map((resource) => waiting(resource, restarting.has(resource.address)))];
}

/** A guest that changes is configured again: its Ansible run is no difference of its own. */
function isConsequence({ type, name }: ResourceChange, all: readonly ResourceChange[]): boolean {
  return type === 'null_resource' && all.some((other) => other.type !== type && other.name === name);
}

function found(resource: ResourceChange, isPlanned: boolean, restarts: boolean): Drift {
  const { address, change } = resource;
  if (change.after === null) return { address, kind: 'gone', values: [], apply: isPlanned ? 'makes it again' : 'nothing' };
  const apply = !isPlanned ? 'nothing' : restarts ? 'sets it back and restarts the guest' : 'sets it back';
  return { address, kind: 'changed', values: valueChanges(resource).map(valueChangeText), apply };
}

function waiting(resource: ResourceChange, restarts: boolean): Drift {
  const { address, change } = resource;
  const values = change.before === null ? ['is not there yet'] : change.after === null ? ['is no longer defined'] : valueChanges(resource).map(valueChangeText);
  return { address, kind: 'pending', values, apply: restarts ? 'applies it and restarts the guest' : 'applies it' };
}

/** Says one difference in a line. */
export function driftText({ address, kind, values, apply }: Drift): string {
  const what = { changed: 'was changed past Terraform', gone: 'is gone from the host', pending: 'is not applied yet' }[kind];
  return `${address} ${what}${values.length > 0 ? `: ${values.join('; ')}` : ''} (an apply ${apply === 'nothing' ? 'leaves it as it is' : apply})`;
}
