/** Rules of the guard. */
export type Rule = 'adopts-guest' | 'destroys-guest' | 'removes-storage' | 'replaces-guest' | 'restarts-guest' | 'shrinks-disk';

/** Why a plan must not be applied as it is. */
export interface Objection {
  readonly rule: Rule;
  readonly address: string;
  /** VMID of the guest, null for a storage or when it is not known. */
  readonly vmid: number | null;
  /** What would happen. */
  readonly problem: string;
  /** What to do instead. */
  readonly remedy: string;
}

/** One refusal as lines of text. */
export const objectionText = ({ rule, address, problem, remedy }: Objection): string =>
  `${address} [${rule}]\n    ${problem}\n    ${remedy}`;
