/** The command is refused or failed for a reason the owner can mend; the message says which, and what to do. */
export class Refusal extends Error {
  /**
   * @param problem what is wrong: the rule, the value, where
   * @param remedy what to do about it. @default - the problem says it
   */
  constructor(
    readonly problem: string,
    readonly remedy?: string,
  ) {
    super(remedy === undefined ? problem : `${problem}\n  ${remedy}`);
    this.name = 'Refusal';
  }
}

/** What was typed is wrong, whatever the house is like; the command line ends with 2 and points to its help. */
export class WrongUsage extends Refusal {}
