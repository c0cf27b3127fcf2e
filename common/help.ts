import type { CommandLine, Described, Option } from './verb';

function optionText([name, { kind, value: stands }]: readonly [string, Option]): string {
  return kind === 'switch' ? `--${name}` : `--${name} ${stands}${kind === 'list' ? '...' : ''}`;
}

/** How a verb is typed, e.g. `apply [OPTION]... STACK`. */
export function synopsis(name: string, { words, options }: Described): string {
  return [name, ...(options ? ['[OPTION]...'] : []), ...(words ? [words] : [])].join(' ');
}

/** Help of a whole command line: its verbs, a line each, and its notes. */
export function helpOfLine({ typed, verbs, notes }: CommandLine<Described>): string {
  const lines = Object.entries(verbs).map(([name, verb]) => `  ${synopsis(name, verb)}\n      ${verb.summary}`);
  return `Usage: ${typed} COMMAND\n\n${lines.join('\n')}\n\nOptions of a command: ${typed} COMMAND --help\n\n${notes}`;
}

/** Help of one verb: how it is typed, what it does, its options, examples. */
export function helpOfVerb({ typed, notes }: Omit<CommandLine, 'verbs'>, name: string, verb: Described): string {
  const options = [...Object.entries(verb.options ?? {}).map((entry) => [optionText(entry), entry[1].says]), ['--help', 'this text']];
  const width = Math.max(...options.map(([text]) => text!.length));
  const examples = (verb.examples ?? []).map((line) => `  ${typed} ${line}`);
  return [
    `Usage: ${typed} ${synopsis(name, verb)}`,
    `${verb.summary[0]!.toUpperCase()}${verb.summary.slice(1)}.`,
    options.map(([text, says]) => `  ${text!.padEnd(width)}  ${says}`).join('\n'),
    ...(examples.length > 0 ? [`Examples:\n${examples.join('\n')}`] : []),
    notes,
  ].join('\n\n');
}
