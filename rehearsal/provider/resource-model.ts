import type { Caller } from '../node/access';
import type { PveNode } from '../node/pve-node';
import type { ObjectValue } from '../protocol/value';
import type { PlanRules, ValuePath } from './plan-change';
import type { World } from './world';

/** What a resource model works with during one call. */
export interface Session {
  readonly world: World;
  readonly node: PveNode;
  /**
   * Who asks. The token is looked at when the first request is made, as the real provider does.
   *
   * @throws PveError 401 when the node does not know it.
   */
  caller(): Caller;
}

/** A planned update. */
export interface Update {
  readonly prior: ObjectValue;
  /** Terraform's merge of configuration and state, before defaults. */
  readonly proposed: ObjectValue;
  readonly planned: ObjectValue;
}

/** A resource type on the stand-in: what the facts cannot say, and what happens on the node. */
export interface ResourceModel {
  /** One sentence: what of the type is modelled. It is a row of the table in docs/rehearsal.md. */
  readonly modelled: string;
  /** One sentence: what is not. */
  readonly notModelled: string;
  /** What planning needs besides the facts. */
  readonly rules?: PlanRules;
  /** Conditions of its own under which an update replaces; may refine `planned` in place. */
  replaceAlso?(update: Update, session: Session): ValuePath[];
  /** @returns What is wrong with a configuration, one text each. */
  validate?(config: ObjectValue): string[];
  /** @returns The state after creation. Unknown values left in it become zero values. */
  create(planned: ObjectValue, session: Session): ObjectValue;
  /** @returns The state as it is now, null when the object is gone. */
  read(state: ObjectValue, session: Session): ObjectValue | null;
  update(prior: ObjectValue, planned: ObjectValue, session: Session): ObjectValue;
  remove(state: ObjectValue, session: Session): void;
  /** @returns The few values an import id tells; a read fills in the rest. */
  importState?(id: string): ObjectValue;
}
