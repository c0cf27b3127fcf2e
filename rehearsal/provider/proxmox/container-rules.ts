import type { ObjectValue, Value } from '../../protocol/value';
import { textOf, textsOf } from '../block-access';
import { sameMembers } from '../equality';
import type { PlanRules, SuppressRule } from '../plan-change';

const text = (value: Value): string => (typeof value === 'string' ? value : '');

/** A hash of stars in state stands for a password nobody can read back. */
export const isMasked = (value: Value): boolean => /^\*+$/.test(text(value));

/** The same members in any order are no difference; nor is a list that is no longer configured. */
export const sameTags: SuppressRule = ({ prior, next }) => next === null || sameMembers(prior, next);

/** Description with Unix line ends and nothing around it. */
export const trimmedText = (description: string): string => description.trim().replaceAll('\r\n', '\n');

/** What planning a container needs besides the facts. */
export const containerRules: PlanRules = {
  suppress: {
    tags: sameTags,
    'disk.mount_options': sameTags,
    // A template is never started.
    started: ({ resource }) => resource.template === true,
    'clone.full': ({ prior, next, creating }) => !creating && prior === null && next === true,
    'initialization.dns': ({ prior, next }) => isEmptyDnsAdded(prior as ObjectValue[], next as ObjectValue[]),
    'initialization.user_account.password': ({ prior }) => isMasked(prior),
    'mount_point.path': ({ prior, next }) => `/${text(prior)}` === next,
    // State holds the volume, the configuration only its storage: any volume of the same storage will do.
    'mount_point.volume': ({ prior, next }) => text(prior).startsWith(`${text(next).split(':')[0]}:`),
    'network_interface.mac_address': ({ next }) => next === '',
  },
  respell: {
    // PVE ends the description of a container with a line end.
    description: (description) => (description === '' ? '' : `${trimmedText(description)}\n`),
  },
};

function isEmptyDnsAdded(prior: ObjectValue[], next: ObjectValue[]): boolean {
  if (prior.length !== 0 || next.length !== 1) return false;
  const [dns] = next;
  return textOf(dns, 'domain') === '' && textOf(dns, 'server') === '' && textsOf(dns, 'servers').length === 0;
}
