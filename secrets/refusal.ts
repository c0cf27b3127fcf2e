/** The command is refused or failed for a reason the owner can mend; the message says which, and what to do. */
export class Refusal extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'Refusal';
  }
}
