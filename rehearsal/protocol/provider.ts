import type { Diagnostic } from './diagnostic';
import type { ObjectValue } from './value';

/** What Terraform asks of a provider, free of the wire. Every method answers at once: the node is in memory. */
export interface Provider {
  /** The answer to GetProviderSchema. */
  readonly schema: object;
  /** True when a plan or a result may differ from the configuration in what SDKv2 cannot tell apart. */
  isLegacy(type: string): boolean;
  /** Takes the provider's settings, such as the token. */
  configure(config: ObjectValue): Diagnostic[];
  validate(type: string, config: ObjectValue): Diagnostic[];
  /** @returns The present state, null when the object is gone. */
  read(type: string, state: ObjectValue): StateAnswer;
  plan(type: string, request: PlanQuestion): PlanAnswer;
  /** Creates (prior null), updates, or deletes (planned null). */
  apply(type: string, prior: ObjectValue | null, planned: ObjectValue | null): StateAnswer;
  importState(type: string, id: string): StateAnswer;
  /** Brings a stored state to the schema of today: unknown keys go, absent ones become null. */
  upgrade(type: string, stored: ObjectValue): ObjectValue;
}

/** A state, or none, and what to say about it. */
export interface StateAnswer {
  readonly state: ObjectValue | null;
  readonly diagnostics: Diagnostic[];
}

/** See Terraform's PlanResourceChange. */
export interface PlanQuestion {
  readonly prior: ObjectValue | null;
  readonly proposed: ObjectValue;
  readonly config: ObjectValue;
}

/** The plan, and the paths whose change forces a replacement. */
export interface PlanAnswer {
  readonly planned: ObjectValue;
  readonly replace: readonly (readonly (string | number)[])[];
  readonly diagnostics: Diagnostic[];
}
