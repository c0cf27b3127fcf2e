import { createHash } from 'node:crypto';
import { valueChanges } from './document/plan-values';
import { doneIn, type PlanJson, type ResourceChange } from './plan-json';

/**
 * A name for what plans do, together. It is the same for two plans that do the same at different times: values known
 * only after apply, values marked sensitive, and whatever the provider computes have no part in it.
 */
export function planDigest(...plans: readonly PlanJson[]): string {
  return deedsDigest(plans.flatMap((plan) => planDeeds(plan)));
}

/** The same of deeds that were told apart before; their order has no part in it. */
export function deedsDigest(deeds: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify([...deeds].sort())).digest('hex').slice(0, 16);
}

/** What one plan does, one text for each resource; what a second plan has more or less is what differs. */
export const planDeeds = (plan: PlanJson): string[] =>
  doneIn(plan).map(deed);

function deed(resource: ResourceChange): string {
  const { address, change } = resource;
  const { actions, before } = change;
  const importing = change.importing ? ' import' : '';
  const from = resource.previous_address;
  const values = valueChanges({ change: { ...resource.change, before: before ?? {} } }).filter(({ isUnknown }) => !isUnknown);
  const texts = values.map(({ path, after, before: was, isSensitive }) => (isSensitive ? `${path}=(sensitive)` : `${path}=${text(was)}>${text(after)}`));
  return `${address}${from ? ` from ${from}` : ''} ${actions.join(',')}${importing} ${texts.sort().join(' ')}`;
}

const text = (value: unknown): string => (value === undefined || value === null ? '' : JSON.stringify(value));
