/** Bad input or a broken surrounding: said in one sentence with its remedy, never as a stack trace. */
export class RehearsalError extends Error {
  /**
   * @param problem - What is wrong: the rule, the value, where.
   * @param remedy - What to do about it.
   */
  constructor(
    readonly problem: string,
    readonly remedy: string,
  ) {
    super(`${problem}\n  ${remedy}`);
    this.name = 'RehearsalError';
  }
}
