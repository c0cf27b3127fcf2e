import type { Change } from './change';
import type { Objection, Severity } from './objection';
import type { Situation } from './situation';

/** What a rule says of a change. */
export interface Finding {
  /** What would happen. */
  readonly problem: string;
  /** What to do instead; empty for what is only told. */
  readonly remedy: string;
}

interface Words {
  /** Such as `destroys-guest`. */
  readonly name: string;
  readonly severity: Severity;
  /** What it finds in one change, itself or in what stands around it; nothing when the change is none of its business. */
  readonly judge: (change: Change, situation: Situation) => readonly Finding[];
}

/** One rule of the judge. */
export type Rule = Words & ({ readonly allowable: true } | { readonly allowable: false; /** What the owner does in place of allowing it. */ readonly instead: string });

/** A rule that only tells. */
export const tells = (name: string, judge: (change: Change, situation: Situation) => readonly string[]): Rule => ({
  name,
  severity: 'told',
  allowable: false,
  instead: 'it is only told',
  judge: (change, situation) => judge(change, situation).map((problem) => ({ problem, remedy: '' })),
});

/** A rule that has no exception. @param instead what the owner does in place of allowing it */
export const forbids = (name: string, instead: string, judge: Rule['judge']): Rule => ({ name, severity: 'loss', allowable: false, instead, judge });

/** A rule that lets pass what the owner names. */
export const asks = (name: string, severity: Exclude<Severity, 'told'>, judge: Rule['judge']): Rule => ({ name, severity, allowable: true, judge });

/** How the owner lets one objection pass. */
export const allowText = ({ rule, address }: Pick<Objection, 'rule' | 'address'>): string => `when it is meant: --allow '${rule}:${address}'`;
