import type { HomelabProps } from '../../constructs';

/** A definition with exactly one mistake, and what its owner is told. */
export interface RefusedCase {
  readonly lab: HomelabProps;
  /** Construct path that the report names. */
  readonly path: string;
  /** Words of the broken rule. */
  readonly rule: RegExp;
  /** Words of the value that was found. @default - any */
  readonly got?: RegExp;
}

/** A definition that looks odd and is valid all the same. */
export interface OddCase {
  readonly lab: HomelabProps;
  /** Words of a notice that the owner is given. @default - none of its own is expected */
  readonly notice?: RegExp;
}

/** Declares a must-fail fixture. */
export function refused(definition: RefusedCase): RefusedCase {
  return definition;
}

/** Declares a must-pass fixture. */
export function odd(definition: OddCase): OddCase {
  return definition;
}
