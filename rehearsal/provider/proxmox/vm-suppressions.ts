import type { ObjectValue, Value } from '../../protocol/value'
import { textOf } from '../block-access'
import { sameLegacyValue, sameMembers } from '../equality'
import type { SuppressRules } from '../plan-change'
import { isMasked } from './container-suppressions'

const list = (value: Value): string[] => (typeof value === 'string' ? value.split(',') : [])

/** Differences of a virtual machine the provider hides. */
export const vmSuppressions: SuppressRules = {
  tags: ({ prior, next }) => sameMembers(prior, next),
  started: ({ resource }) => resource.template === true,
  hotplug: ({ prior, next }) => sameMembers(list(prior), list(next)),
  pool_id: ({ prior, next }) => next === '' && prior !== '',
  'initialization.interface': ({ next }) => next === '',
  'initialization.user_account.password': ({ prior }) => isMasked(prior),
  disk: ({ prior, next }) => sameByKey(prior as ObjectValue[], next as ObjectValue[], 'interface', 'path_in_datastore'),
  numa: ({ prior, next }) => sameByKey(prior as ObjectValue[], next as ObjectValue[], 'device')
}

/** Whether two lists of blocks say the same in another order. */
function sameByKey(prior: ObjectValue[], next: ObjectValue[], key: string, ...ignored: string[]): boolean {
  const strip = (block: ObjectValue): ObjectValue =>
    Object.fromEntries(Object.entries(block).filter(([name]) => !ignored.includes(name)))
  return (
    prior.length === next.length &&
    next.every((block) => {
      const before = prior.find((candidate) => textOf(candidate, key) === textOf(block, key))
      return before !== undefined && sameLegacyValue(strip(before), strip(block))
    })
  )
}
