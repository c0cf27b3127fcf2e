import type { Expectation } from '../scenarios/scenario'
import type { Action } from '../guard/plan-json'
import type { StackOutcome } from './stack-run'

/** What came of one step over all stacks it reached. */
export interface StepOutcome {
  /** The stack it ended at. */
  readonly last: StackOutcome
  readonly outcomes: readonly StackOutcome[]
  /** VMIDs of guests that were restarted. */
  readonly restarted: readonly number[]
}

const ACTION: Readonly<Record<'created' | 'changed' | 'replaced' | 'destroyed', Action>> = {
  created: 'create',
  changed: 'update',
  replaced: 'replace',
  destroyed: 'delete'
}

/**
 * Compares a step with what it must come to.
 *
 * @param anyGuest - The guest that `any` stands for.
 * @returns What is different, one text each.
 */
export function unmetExpectations(expect: Expectation, step: StepOutcome, anyGuest: number | null): string[] {
  const { last, outcomes, restarted } = step
  const ends = expect.ends ?? 'done'
  const unmet: string[] = []
  if (last.ends !== ends) unmet.push(`${last.stack.name} ended '${last.ends}', expected '${ends}'${reasons(last)}`)
  if (expect.stack !== undefined && last.stack.name !== expect.stack) {
    unmet.push(`it ended at ${last.stack.name}, expected ${expect.stack}`)
  }
  const { rule } = expect
  if (rule && !last.refusals.some((refusal) => refusal.rule === rule)) unmet.push(`the guard did not refuse by '${rule}'`)
  if (expect.refused) unmet.push(...compare('refused', last.refusals.flatMap(({ vmid }) => vmid ?? []), expect.refused))
  for (const text of expect.says ?? []) {
    if (!last.errors.some((error) => error.includes(text))) unmet.push(`no error says '${text}'${reasons(last)}`)
  }
  const meant = (list: readonly (number | 'any')[]): number[] => list.map((item) => (item === 'any' ? (anyGuest ?? -1) : item))
  for (const [word, action] of Object.entries(ACTION) as [keyof typeof ACTION, Action][]) {
    const wanted = expect[word]
    if (wanted) unmet.push(...compare(word, outcomes.flatMap((outcome) => outcome.effects.guests[action]), meant(wanted)))
  }
  if (expect.restarted) unmet.push(...compare('restarted', restarted, meant(expect.restarted)))
  return unmet
}

function compare(word: string, got: readonly number[], wanted: readonly number[]): string[] {
  const list = (vmids: readonly number[]): string => [...vmids].sort((a, b) => a - b).join(', ') || 'none'
  return list(got) === list(wanted) ? [] : [`guests ${word}: ${list(got)}; expected ${list(wanted)}`]
}

const reasons = ({ errors, refusals }: StackOutcome): string => {
  const texts = [...errors, ...refusals.map((refusal) => refusal.problem)]
  return texts.length > 0 ? `: ${texts.join('; ')}` : ''
}
