import type { AttributeFacts, BlockFacts, NestedBlockFacts, ResourceFacts } from '../facts/provider-facts';
import { Unknown, type ObjectValue, type Value } from '../protocol/value';
import { sameLegacyValue, sameValue } from './equality';
import type { Change, PlannedChange, PlanRules, ValuePath } from './plan-change';

/**
 * Plans a change like a provider on SDKv2: a default fills an unset value only inside a block that is present; a
 * list is compared index by index; "unset" and the zero value are one thing; and a plan that differs from the state
 * in nothing the framework can see is no change at all.
 */
export function planLegacyChange(facts: ResourceFacts, change: Change, rules: PlanRules): PlannedChange {
  const plan = new LegacyPlan(change, rules);
  const planned = plan.object(facts, change.prior, change.proposed, '', []);
  const unchanged = change.prior !== null && sameValue(change.prior, planned);
  return unchanged ? { planned: change.prior as ObjectValue, replace: [] } : { planned, replace: plan.replace };
}

/** One value and where it sits. */
interface Spot {
  /** Path without indices, by which rules are found. */
  readonly dotted: string;
  readonly path: ValuePath;
}

class LegacyPlan {
  readonly replace: ValuePath[] = [];
  private readonly creating: boolean;

  constructor(
    private readonly change: Change,
    private readonly rules: PlanRules,
  ) {
    this.creating = change.prior === null;
  }

  object(block: BlockFacts, prior: ObjectValue | null, wanted: ObjectValue, prefix: string, path: ValuePath): ObjectValue {
    const planned: ObjectValue = {};
    for (const [name, spec] of Object.entries(block.attributes)) {
      const spot = { dotted: prefix + name, path: [...path, name] };
      planned[name] = this.attribute(spec, prior === null ? undefined : (prior[name] ?? null), wanted[name] ?? null, spot);
    }
    for (const [name, spec] of Object.entries(block.blocks)) {
      const spot = { dotted: prefix + name, path: [...path, name] };
      planned[name] = this.block(spec, asBlocks(prior?.[name]), asBlocks(wanted[name]), spot);
    }
    return planned;
  }

  /** @param before - The value in state; undefined when the block it belongs to is new. */
  private attribute(spec: AttributeFacts, before: Value | undefined, wanted: Value, spot: Spot): Value {
    const prior = before ?? null;
    let next = wanted ?? (spec.default as Value | undefined) ?? null;
    if (next === null && spec.computed) return before === undefined && this.creating ? Unknown.value : prior;
    if (typeof next === 'string') next = this.rules.respell?.[spot.dotted]?.(next) ?? next;
    if (spec.elements && Array.isArray(next)) {
      const content = { attributes: spec.elements, blocks: {} };
      const items = asBlocks(prior);
      next = next.map((item, index) =>
        this.object(content, items[index] ?? null, item as ObjectValue, `${spot.dotted}.`, [...spot.path, index])
      );
    }
    if (sameLegacyValue(prior, next) || this.hides(prior, next, spot)) return prior;
    this.demandReplace(spec, spot);
    return next;
  }

  private block(spec: NestedBlockFacts, prior: ObjectValue[], wanted: ObjectValue[], spot: Spot): Value {
    if (spec.computed && this.creating && wanted.length === 0) return Unknown.value;
    const earlier = this.replace.length;
    const planned = wanted.map((item, index) =>
      this.object(spec, prior[index] ?? null, item, `${spot.dotted}.`, [...spot.path, index])
    );
    if (this.hides(prior, planned, spot)) {
      this.replace.length = earlier;
      return prior;
    }
    if (prior.length !== wanted.length) this.demandReplace(spec, spot);
    for (const [index, gone] of prior.entries()) {
      if (index >= wanted.length) this.removed(spec, gone, { ...spot, path: [...spot.path, index] });
    }
    return planned;
  }

  /** A block that goes takes its values with it; each that forces a replacement does so here too. */
  private removed(spec: BlockFacts, gone: ObjectValue, spot: Spot): void {
    const inside = (name: string): Spot => ({ dotted: `${spot.dotted}.${name}`, path: [...spot.path, name] });
    for (const [name, attribute] of Object.entries(spec.attributes)) {
      const prior = gone[name] ?? null;
      if (!sameLegacyValue(prior, null) && !this.hides(prior, null, inside(name))) {
        this.demandReplace(attribute, inside(name));
      }
    }
    for (const [name, nested] of Object.entries(spec.blocks)) this.block(nested, asBlocks(gone[name]), [], inside(name));
  }

  private hides(prior: Value, next: Value, { dotted }: Spot): boolean {
    const { proposed: resource } = this.change;
    return this.rules.suppress?.[dotted]?.({ prior, next, resource, creating: this.creating }) ?? false;
  }

  private demandReplace(spec: { readonly replace?: boolean; }, { path }: Spot): void {
    if (spec.replace && !this.creating) this.replace.push(path);
  }
}

const asBlocks = (value: Value | undefined): ObjectValue[] => (Array.isArray(value) ? (value as ObjectValue[]) : []);
