import type { BlockFacts, TypeFacts } from '../facts/provider-facts';
import { Unknown, type ObjectValue, type Value } from '../protocol/value';

/** A value of the type that says nothing. */
export function zeroValue(type: TypeFacts): Value {
  if (type === 'string') return '';
  if (type === 'number') return 0;
  if (type === 'bool') return false;
  return type[0] === 'map' ? {} : [];
}

/** Replaces every unknown value left in a state; Terraform accepts none after apply. */
export function settleUnknowns(block: BlockFacts, state: ObjectValue): ObjectValue {
  const settled: ObjectValue = {};
  for (const [name, spec] of Object.entries(block.attributes)) {
    const value = state[name] ?? null;
    const elements = spec.elements;
    if (value instanceof Unknown) settled[name] = zeroValue(spec.type);
    else if (elements && Array.isArray(value)) {
      settled[name] = value.map((item) => settleUnknowns({ attributes: elements, blocks: {} }, item as ObjectValue));
    } else settled[name] = value;
  }
  for (const [name, spec] of Object.entries(block.blocks)) settled[name] = settleBlocks(spec, state[name] ?? null);
  return settled;
}

function settleBlocks(spec: BlockFacts & { nesting: string; }, value: Value): Value {
  if (spec.nesting === 'single') return value === null ? null : settleUnknowns(spec, value as ObjectValue);
  return Array.isArray(value) ? (value as ObjectValue[]).map((item) => settleUnknowns(spec, item)) : [];
}

/** A stored state cut to the schema: unknown keys go, absent ones become null or no block. */
export function fitToSchema(block: BlockFacts, stored: ObjectValue): ObjectValue {
  const fitted: ObjectValue = {};
  for (const name of Object.keys(block.attributes)) fitted[name] = stored[name] ?? null;
  for (const [name, spec] of Object.entries(block.blocks)) {
    const value = stored[name] ?? null;
    if (spec.nesting === 'single') fitted[name] = value && fitToSchema(spec, value as ObjectValue);
    else fitted[name] = ((value ?? []) as ObjectValue[]).map((item) => fitToSchema(spec, item));
  }
  return fitted;
}
