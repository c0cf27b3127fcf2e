import type { Severity } from './objection';

/** What the judge says of a change of the house: of a plan, or of what Ansible is told. */
export interface Finding {
  readonly severity: Severity;
  /** Name of the rule, such as `destroys-guest`. */
  readonly rule: string;
  /** Service it is about, or the resource's address. */
  readonly subject: string;
  readonly problem: string;
  readonly remedy: string;
}

/** The three answers of a review. */
export type Verdict = 'safe' | 'needs care' | 'loses data';

/** The answer to everything that was found: the worst of it decides. */
export function verdictOf(findings: readonly Finding[]): Verdict {
  if (findings.some(({ severity }) => severity === 'loss')) return 'loses data';
  return findings.some(({ severity }) => severity !== 'told') ? 'needs care' : 'safe';
}
