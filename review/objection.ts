/** How bad it is: data may be gone, a service stands still, the judge cannot tell, or it is only told. */
export type Severity = 'loss' | 'outage' | 'unclear' | 'told';

/** What a rule has found in a plan. */
export interface Objection {
  /** Name of the rule, such as `destroys-guest`. */
  readonly rule: string;
  readonly severity: Severity;
  readonly address: string;
  /** VMID of the guest, null for something else or when it is not known. */
  readonly vmid: number | null;
  /** Name of the guest, null for something else or when it is not known. */
  readonly guest: string | null;
  /** What would happen. */
  readonly problem: string;
  /** What to do instead, with how to let it pass when that can be. */
  readonly remedy: string;
}

/** One objection as lines of text. */
export const objectionText = ({ rule, address, problem, remedy }: Objection): string =>
  `${address} [${rule}]\n    ${problem}\n    ${remedy}`;

/** One thing that is only told, as a line of text. */
export const noteText = ({ address, problem }: Objection): string => `${address}: ${problem}`;
