import type { ObjectValue, Value } from '../protocol/value';
import type { ResourceFacts } from '../facts/provider-facts';
import { planFrameworkChange } from './plan-framework';
import { planLegacyChange } from './plan-legacy';

/** Where in a resource a value sits: attribute and block names, and indices of list blocks. */
export type ValuePath = readonly (string | number)[];

/** One difference a resource model may hide. */
export interface Difference {
  /** Value in state. */
  readonly prior: Value;
  /** Value wanted, defaults filled in. */
  readonly next: Value;
  /** The whole resource as wanted. */
  readonly resource: ObjectValue;
  /** True when there is no resource yet. */
  readonly creating: boolean;
}

/** @returns True when the provider hides the difference and keeps the value in state. */
export type SuppressRule = (difference: Difference) => boolean;

/** What Terraform asks about one resource. */
export interface Change {
  /** State before, or null when the resource is to be created. */
  readonly prior: ObjectValue | null;
  /** Terraform's merge of configuration and state. */
  readonly proposed: ObjectValue;
  /** The configuration alone. */
  readonly config: ObjectValue;
}

/** What the provider answers. */
export interface PlannedChange {
  readonly planned: ObjectValue;
  /** Values whose change forces a replacement; empty for an update in place. */
  readonly replace: ValuePath[];
}

/** What a resource model adds to the facts, by dotted path without indices, such as `mount_point.volume`. */
export interface PlanRules {
  /** Differences the provider hides. */
  readonly suppress?: Readonly<Record<string, SuppressRule>>;
  /** Texts the provider keeps in another spelling. */
  readonly respell?: Readonly<Record<string, (text: string) => string>>;
}

/** Plans a change the way the provider's framework does. */
export const planChange = (facts: ResourceFacts, change: Change, rules: PlanRules): PlannedChange =>
  facts.framework === 'sdkv2' ? planLegacyChange(facts, change, rules) : planFrameworkChange(facts, change);
