/** A program and its arguments, run at the top of the project. */
export type Command = readonly string[];

/** One step of a rebuild. Doing it twice does no harm. */
export interface Step {
  /** Name in the journal and on the command line. */
  readonly id: string;
  /** Section of docs/recovery/full-rebuild.md that describes it. */
  readonly section: number;
  readonly title: string;
  /** What it does, one sentence. */
  readonly does: string;
  /** Who does it: a step of the owner only asks, and its commands are only shown. */
  readonly by: 'owner' | 'program';
  readonly commands: readonly Command[];
  /** Ends with 0 when the step's result is there, and changes nothing. @default - nothing can be looked at */
  readonly check?: Command;
  /** Heading of docs/recovery/full-rebuild.md that says what to do when it fails. */
  readonly help: string;
}

/** Where a person reads on when a step failed. */
export function helpFor(step: Step): string {
  return `docs/recovery/full-rebuild.md#${step.help}`;
}
