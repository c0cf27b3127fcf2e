import type { ResourceChange } from '../../review/plan-json';
import { judged, type Told } from './plans';

/** A case: what it is, the plan, what else the judge is told, and every line that is said. */
export type Row = readonly [what: string, changes: readonly ResourceChange[], told: Told, ...lines: string[]];

/** All that the judge says of changes, a line each: rule, severity, problem, remedy; how to allow it is `[allow]`. */
export function said(changes: readonly ResourceChange[], told: Told = {}): string[] {
  const { objections, notes } = judged(changes, told);
  return [...objections, ...notes].map(({ rule, severity, address, problem, remedy }) => `${rule} (${severity}): ${problem} | ${remedy.replace(`; when it is meant: --allow '${rule}:${address}'`, ' [allow]')}`);
}
