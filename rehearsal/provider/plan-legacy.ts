import type { AttributeFacts, BlockFacts, NestedBlockFacts, ResourceFacts } from '../facts/provider-facts'
import { Unknown, type ObjectValue, type Value } from '../protocol/value'
import { sameLegacyValue, sameValue } from './equality'
import type { Change, PlannedChange, SuppressRules, ValuePath } from './plan-change'

/**
 * Plans a change like a provider on SDKv2: a default fills an unset value only inside a block that is present; a
 * list is compared index by index; "unset" and the zero value are one thing; and a plan that differs from the state
 * in nothing the framework can see is no change at all.
 */
export function planLegacyChange(facts: ResourceFacts, change: Change, rules: SuppressRules): PlannedChange {
  const replace: ValuePath[] = []
  const creating = change.prior === null

  const planAttribute = (
    spec: AttributeFacts,
    owner: ObjectValue | null,
    name: string,
    wanted: Value,
    dotted: string,
    path: ValuePath
  ): Value => {
    const prior = owner?.[name] ?? null
    let next = wanted ?? (spec.default as Value | undefined) ?? null
    if (next === null && spec.computed) return owner === null ? Unknown.value : prior
    if (spec.elements && Array.isArray(next)) {
      const content = { attributes: spec.elements, blocks: {} }
      const items = Array.isArray(prior) ? prior : []
      next = next.map((item, index) =>
        planObject(content, (items[index] as ObjectValue) ?? null, item as ObjectValue, `${dotted}.`, [...path, index])
      )
    }
    if (sameLegacyValue(prior, next)) return prior
    if (!creating && rules[dotted]?.({ prior, next, resource: change.proposed })) return prior
    if (spec.replace && !creating) replace.push(path)
    return next
  }

  const planBlock = (
    spec: NestedBlockFacts,
    prior: ObjectValue[],
    wanted: ObjectValue[],
    dotted: string,
    path: ValuePath
  ): Value => {
    const before = replace.length
    const planned = wanted.map((item, index) => planObject(spec, prior[index] ?? null, item, `${dotted}.`, [...path, index]))
    if (!creating && rules[dotted]?.({ prior, next: planned, resource: change.proposed })) {
      replace.length = before
      return prior
    }
    if (spec.replace && !creating && prior.length !== wanted.length) replace.push(path)
    return planned
  }

  const planObject = (
    block: BlockFacts,
    prior: ObjectValue | null,
    wanted: ObjectValue,
    prefix: string,
    path: ValuePath
  ): ObjectValue => {
    const planned: ObjectValue = {}
    for (const [name, spec] of Object.entries(block.attributes)) {
      planned[name] = planAttribute(spec, prior, name, wanted[name] ?? null, prefix + name, [...path, name])
    }
    for (const [name, spec] of Object.entries(block.blocks)) {
      const blocks = (value: Value | undefined): ObjectValue[] => (value ?? []) as ObjectValue[]
      planned[name] = planBlock(spec, blocks(prior?.[name]), blocks(wanted[name]), prefix + name, [...path, name])
    }
    return planned
  }

  const planned = planObject(facts, change.prior, change.proposed, '', [])
  return change.prior && sameValue(change.prior, planned) ? { planned: change.prior, replace: [] } : { planned, replace }
}
