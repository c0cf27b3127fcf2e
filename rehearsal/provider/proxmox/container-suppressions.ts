import type { ObjectValue, Value } from '../../protocol/value'
import { textOf, textsOf } from '../block-access'
import { sameMembers } from '../equality'
import type { SuppressRules } from '../plan-change'

const text = (value: Value): string => (typeof value === 'string' ? value : '')

/** A hash of stars in state stands for a password nobody can read back. */
export const isMasked = (value: Value): boolean => /^\*+$/.test(text(value))

/** Differences of a container the provider hides. */
export const containerSuppressions: SuppressRules = {
  // Order of tags and options means nothing to PVE.
  tags: ({ prior, next }) => sameMembers(prior, next),
  'disk.mount_options': ({ prior, next }) => sameMembers(prior, next),
  // A template is never started.
  started: ({ resource }) => resource.template === true,
  'clone.full': ({ prior, next }) => prior === null && next === true,
  'initialization.dns': ({ prior, next }) => isEmptyDnsAdded(prior as ObjectValue[], next as ObjectValue[]),
  'initialization.user_account.password': ({ prior }) => isMasked(prior),
  'mount_point.path': ({ prior, next }) => `/${text(prior)}` === next,
  // State holds the volume, the configuration only its storage: any volume of the same storage will do.
  'mount_point.volume': ({ prior, next }) => text(prior).startsWith(`${text(next).split(':')[0]}:`),
  'network_interface.mac_address': ({ next }) => next === ''
}

function isEmptyDnsAdded(prior: ObjectValue[], next: ObjectValue[]): boolean {
  if (prior.length !== 0 || next.length !== 1) return false
  const [dns] = next
  return textOf(dns, 'domain') === '' && textOf(dns, 'server') === '' && textsOf(dns, 'servers').length === 0
}
