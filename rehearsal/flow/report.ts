import type { JourneyRecord } from './journey';
import type { Phase, StackOutcome } from './stack-run';
import { seconds, table } from './table';

const PHASES: readonly Phase[] = ['init', 'validate', 'plan', 'guard', 'apply', 'again'];

/** What happened, step by step and stack by stack, and how long each phase took. */
export function journeyTable(records: readonly JourneyRecord[]): string[] {
  const rows = records.flatMap(({ title, stacks, unmet }) =>
    stacks.length === 0
      ? [[title, '', ...Array<string>(PHASES.length + 5).fill(''), unmet.length > 0 ? 'not as expected' : '']]
      : stacks.map((outcome, index) => stackRow(index === 0 ? title : '', outcome))
  );
  const header = ['step', 'stack', ...PHASES, 'created', 'changed', 'replaced', 'destroyed', 'guests', 'ends'];
  return table(header, rows);
}

function stackRow(title: string, { stack, ends, effects, millis }: StackOutcome): string[] {
  const { resources, guests } = effects;
  const touched = new Set([...guests.create, ...guests.update, ...guests.replace, ...guests.delete]).size;
  const count = (amount: number): string => (amount === 0 ? '' : String(amount));
  return [
    title,
    stack.name,
    ...PHASES.map((phase) => (millis[phase] === undefined ? '' : seconds(millis[phase]))),
    count(resources.create),
    count(resources.update),
    count(resources.replace),
    count(resources.delete),
    count(touched),
    ends,
  ];
}
