import type { ObjectValue, Value } from '../../protocol/value';
import { textOf } from '../block-access';
import { sameLegacyValue, sameMembers } from '../equality';
import type { PlanRules } from '../plan-change';
import { isMasked, sameTags, trimmedText } from './container-rules';

const list = (value: Value): string[] => (typeof value === 'string' ? value.split(',') : []);

/** What planning a virtual machine needs besides the facts. */
export const vmRules: PlanRules = {
  suppress: {
    tags: sameTags,
    started: ({ resource }) => resource.template === true,
    hotplug: ({ prior, next }) => sameMembers(list(prior), list(next)),
    pool_id: ({ prior, next }) => next === '' && prior !== '',
    'initialization.interface': ({ next }) => next === '',
    'initialization.user_account.password': ({ prior }) => isMasked(prior),
    disk: ({ prior, next }) => sameByKey(prior as ObjectValue[], next as ObjectValue[], 'interface', 'path_in_datastore'),
    numa: ({ prior, next }) => sameByKey(prior as ObjectValue[], next as ObjectValue[], 'device'),
  },
  respell: { description: trimmedText },
};

/** Whether two lists of blocks say the same in another order. */
function sameByKey(prior: ObjectValue[], next: ObjectValue[], key: string, ...ignored: string[]): boolean {
  const strip = (block: ObjectValue): ObjectValue =>
    Object.fromEntries(Object.entries(block).filter(([name]) => !ignored.includes(name)));
  // The provider does not notice that the last of them is no longer configured.
  if (next.length === 0) return true;
  return (
    prior.length === next.length &&
    next.every((block) => {
      const before = prior.find((candidate) => textOf(candidate, key) === textOf(block, key));
      return before !== undefined && sameLegacyValue(strip(before), strip(block));
    })
  );
}
