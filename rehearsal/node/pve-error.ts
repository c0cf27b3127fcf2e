/** A refusal in PVE's own words, with the HTTP status its API answers. */
export class PveError extends Error {
  /**
   * @param status - HTTP status, such as 403.
   * @param reason - The reason phrase, which is the message a user sees.
   */
  constructor(
    readonly status: number,
    readonly reason: string,
  ) {
    super(reason);
    this.name = 'PveError';
  }
}
