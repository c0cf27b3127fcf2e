import { flag, type CommandLine, type Verb } from '../../common/verb';
import { ASKED, newestOf, type Newest } from './newest';
import { findPins, type Pin } from './pins';
import { readManagers } from './managers';

/** A pin with every file that says it. */
interface Line extends Pick<Pin, 'name' | 'version' | 'source'> {
  readonly files: readonly string[];
}

/** Questions that are asked at the same time. */
const AT_ONCE = 6;

function linesOf(pins: readonly Pin[]): Line[] {
  const keys = new Map<string, Pin[]>();
  for (const pin of pins) {
    const key = JSON.stringify([pin.source, pin.name, pin.version]);
    keys.set(key, [...(keys.get(key) ?? []), pin]);
  }
  const lines = [...keys.values()].map((same) => ({ name: same[0]!.name, version: same[0]!.version, source: same[0]!.source, files: [...new Set(same.map(({ file }) => file))] }));
  return lines.sort((a, b) => `${a.source} ${a.name}`.localeCompare(`${b.source} ${b.name}`, 'en'));
}

async function askAll(root: string, lines: readonly Line[]): Promise<Map<Line, Newest>> {
  const answers = new Map<Line, Newest>();
  const waiting = lines.filter(({ source }) => ASKED.includes(source));
  const ask = async (): Promise<void> => {
    for (let line = waiting.shift(); line; line = waiting.shift()) answers.set(line, await newestOf(root, line.source, line.name));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, ask));
  return answers;
}

function print(lines: readonly Line[], answers: ReadonlyMap<Line, Newest>): void {
  const rows = lines.map((line) => [line.name, line.version, newerText(line, answers.get(line)), line.source, line.files.join(', ')]);
  const all = [['pinned', 'at', 'newest', 'by', 'in'], ...rows];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...all.map((row) => row[column]!.length)));
  for (const row of all) console.log(row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd());
}

function newerText({ version }: Line, answer: Newest | undefined): string {
  if (!answer) return '-';
  if ('unknown' in answer) return '?';
  return answer.version === version ? 'the same' : answer.version;
}

/** Says what is not known, so that nobody takes silence for good news. @returns the exit code */
function sayUnknown(lines: readonly Line[], answers: ReadonlyMap<Line, Newest>): number {
  const rest = lines.filter((line) => !answers.has(line));
  if (rest.length > 0) console.log(`\noutdated: ${rest.length} of ${lines.length} were not asked for: ${[...new Set(rest.map(({ source }) => source))].join(', ')}. Renovate asks them: renovate.json`);
  let code = 0;
  for (const source of ASKED) {
    const unknown = [...answers].flatMap(([line, answer]) => (line.source === source && 'unknown' in answer ? [{ name: line.name, why: answer.unknown }] : []));
    if (unknown.length === 0) continue;
    code = 1;
    console.error(`outdated: ${source} did NOT tell of ${unknown.length} of ${lines.filter((line) => line.source === source).length}, first ${unknown[0]!.name}: ${unknown[0]!.why}`);
  }
  return code;
}

const outdatedVerb: Verb = {
  summary: 'the table of everything that is pinned of others, and what is newer, as far as npm, PyPI and the Go proxy tell',
  options: { offline: flag('asks nobody: the table alone') },
  examples: ['outdated', 'outdated --offline'],
  async run(root, { options }) {
    const lines = linesOf(findPins(root, readManagers(root)));
    const answers = options.offline ? new Map<Line, Newest>() : await askAll(root, lines);
    print(lines, answers);
    return sayUnknown(lines, answers);
  },
};

/** What is pinned, and what is newer. */
export const outdated: CommandLine = {
  name: 'outdated',
  typed: './house',
  verbs: { outdated: outdatedVerb },
  notes: 'Exit codes: 0 all that can be asked has answered, 1 something has not (which is said), 2 wrong usage.',
};
