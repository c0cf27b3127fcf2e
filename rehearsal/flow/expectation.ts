import type { Expectation } from '../scenarios/scenario';
import type { Action } from '../../review/plan-json';
import type { StackOutcome } from './stack-run';

/** What came of one step over all stacks it reached. */
export interface StepOutcome {
  /** The stack it ended at. */
  readonly last: StackOutcome;
  readonly outcomes: readonly StackOutcome[];
  /** VMIDs of guests that appeared on the node, went from it, and were restarted. */
  readonly created: readonly number[];
  readonly destroyed: readonly number[];
  readonly restarted: readonly number[];
}

/**
 * Compares a step with what it must come to.
 *
 * @param anyGuest - The guest that `any` stands for.
 * @returns What is different, one text each.
 */
export function unmetExpectations(expect: Expectation, step: StepOutcome, anyGuest: number | null): string[] {
  const { last, outcomes } = step;
  const ends = expect.ends ?? 'done';
  const unmet: string[] = [];
  if (last.ends !== ends) unmet.push(`${last.stack.name} ended '${last.ends}', expected '${ends}'${reasons(last)}`);
  if (expect.stack !== undefined && last.stack.name !== expect.stack) {
    unmet.push(`it ended at ${last.stack.name}, expected ${expect.stack}`);
  }
  const { rule } = expect;
  if (rule && !last.refusals.some((refusal) => refusal.rule === rule)) unmet.push(`the guard did not refuse by '${rule}'`);
  for (const text of expect.says ?? []) {
    if (!last.errors.some((error) => error.includes(text))) unmet.push(`no error says '${text}'${reasons(last)}`);
  }
  const meant = (list: readonly (number | 'any')[]): number[] => list.map((item) => (item === 'any' ? (anyGuest ?? -1) : item));
  if (expect.refused) unmet.push(...compare('refused', last.refusals.flatMap(({ vmid }) => vmid ?? []), meant(expect.refused)));
  const planned = (action: Action): number[] => outcomes.flatMap((outcome) => [...outcome.effects.guests[action]]);
  const happened = { ...step, changed: planned('update'), replaced: planned('replace') };
  for (const word of ['created', 'changed', 'replaced', 'destroyed', 'restarted'] as const) {
    const wanted = expect[word];
    if (wanted) unmet.push(...compare(word, happened[word], meant(wanted)));
  }
  return unmet;
}

function compare(word: string, got: readonly number[], wanted: readonly number[]): string[] {
  const list = (vmids: readonly number[]): string => [...vmids].sort((a, b) => a - b).join(', ') || 'none';
  return list(got) === list(wanted) ? [] : [`guests ${word}: ${list(got)}; expected ${list(wanted)}`];
}

const reasons = ({ errors, refusals }: StackOutcome): string => {
  const texts = [...errors, ...refusals.map((refusal) => refusal.problem)];
  return texts.length > 0 ? `: ${texts.join('; ')}` : '';
};
