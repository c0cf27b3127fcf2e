import type { JourneyRecord } from './journey';
import type { Phase, StackOutcome } from './stack-run';
import { seconds, table } from './table';

const PHASES: readonly Phase[] = ['init', 'validate', 'plan', 'guard', 'apply', 'again'];

/** What happened, step by step and stack by stack, and how long each phase took. */
export function journeyTable(records: readonly JourneyRecord[]): string[] {
  const header = ['', ...PHASES, 'created', 'changed', 'replaced', 'destroyed', 'guests', 'ends'];
  const rows: string[][] = [];
  let title = '';
  for (const record of records) {
    if (record.title !== title) rows.push([record.title]);
    title = record.title;
    rows.push(...record.stacks.map(stackRow));
  }
  return table(header, rows);
}

function stackRow({ stack, ends, effects, millis }: StackOutcome): string[] {
  const { resources, guests } = effects;
  const touched = new Set([...guests.create, ...guests.update, ...guests.replace, ...guests.delete]).size;
  const count = (amount: number): string => (amount === 0 ? '' : String(amount));
  return [
    `  ${stack.name}`,
    ...PHASES.map((phase) => (millis[phase] === undefined ? '' : seconds(millis[phase]))),
    count(resources.create),
    count(resources.update),
    count(resources.replace),
    count(resources.delete),
    count(touched),
    ends,
  ];
}
