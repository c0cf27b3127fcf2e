import type { AttributeFacts, BlockFacts, ResourceFacts } from '../facts/provider-facts';
import { Unknown, type ObjectValue, type Value } from '../protocol/value';
import { sameValue } from './equality';
import type { Change, PlannedChange, ValuePath } from './plan-change';

/**
 * Plans a change like a provider on the plugin framework: defaults first; then, when anything differs, every computed
 * value the configuration leaves open becomes unknown unless its plan modifier keeps the one in state; then the
 * values that force a replacement are compared.
 */
export function planFrameworkChange(facts: ResourceFacts, change: Change): PlannedChange {
  const withDefaults = fillDefaults(facts, change.proposed, change.config);
  if (change.prior && sameValue(change.prior, withDefaults)) return { planned: change.prior, replace: [] };
  const planned = openComputed(facts, change.prior, withDefaults, change.config);
  const replace: ValuePath[] = [];
  if (change.prior) {
    for (const [name, spec] of Object.entries(facts.attributes)) {
      if (spec.replace && !sameValue(change.prior[name] ?? null, planned[name])) replace.push([name]);
    }
  }
  return { planned, replace };
}

type Visit = (spec: AttributeFacts, name: string) => Value;

function mapBlock(block: BlockFacts, visit: Visit, descend: (nested: BlockFacts, name: string) => Value): ObjectValue {
  const mapped: ObjectValue = {};
  for (const [name, spec] of Object.entries(block.attributes)) mapped[name] = visit(spec, name);
  for (const [name, spec] of Object.entries(block.blocks)) mapped[name] = descend(spec, name);
  return mapped;
}

const asObject = (value: Value | undefined): ObjectValue | null => (value ?? null) as ObjectValue | null;

function fillDefaults(block: BlockFacts, wanted: ObjectValue, config: ObjectValue): ObjectValue {
  return mapBlock(
    block,
    (spec, name) => {
      const unset = (config[name] ?? null) === null;
      return unset && spec.default !== undefined ? (spec.default as Value) : (wanted[name] ?? null);
    },
    (nested, name) => {
      const [content, given] = [asObject(wanted[name]), asObject(config[name])];
      return content && given ? fillDefaults(nested, content, given) : null;
    }
  );
}

function openComputed(
  block: BlockFacts,
  prior: ObjectValue | null,
  planned: ObjectValue,
  config: ObjectValue,
): ObjectValue {
  return mapBlock(
    block,
    (spec, name) => {
      const open = spec.computed && spec.default === undefined && (config[name] ?? null) === null;
      if (!open) return planned[name];
      const kept = spec.keep ? (prior?.[name] ?? null) : null;
      return kept ?? Unknown.value;
    },
    (nested, name) => {
      const content = asObject(planned[name]);
      return content && openComputed(nested, asObject(prior?.[name]), content, asObject(config[name]) ?? {});
    }
  );
}
