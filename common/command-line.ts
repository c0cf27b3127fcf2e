import { parseArgs } from 'node:util';

import { MissingTool } from '../tools/tool-path';
import { Refusal, WrongUsage } from './refusal';

/** Options that a verb takes: a switch, one value, or a list of values. */
export type OptionTypes = Readonly<Record<string, 'boolean' | 'string' | 'list'>>;

/** What the owner typed after the verb. */
export interface Arguments {
  readonly words: readonly string[];
  readonly options: Readonly<Record<string, string | boolean | readonly string[] | undefined>>;
}

/** One verb of a command line. */
export interface Verb {
  /** The verb and what follows it, for --help. */
  readonly synopsis: string;
  /** What it does, one line. */
  readonly summary: string;
  readonly options?: OptionTypes;
  /**
   * @param root folder of the project
   * @returns the exit code
   */
  readonly run: (root: string, args: Arguments) => Promise<number> | number;
}

/** A command line of several verbs. */
export interface CommandLine {
  /** Name in `npm run NAME`. */
  readonly name: string;
  readonly verbs: Readonly<Record<string, Verb>>;
  /** What --help says after the verbs. */
  readonly notes: string;
}

function help({ name, verbs, notes }: CommandLine): string {
  const lines = Object.values(verbs).map(({ synopsis, summary }) => `  ${synopsis}\n      ${summary}`);
  return `Usage: npm run ${name} -- COMMAND\n\n${lines.join('\n')}\n\n${notes}`;
}

function optionConfig(type: OptionTypes[string]) {
  return type === 'list' ? { type: 'string' as const, multiple: true } : { type };
}

async function dispatch(line: CommandLine, args: readonly string[]): Promise<number> {
  const usageError = (message: string) => {
    console.error(`${line.name}: ${message}; see: npm run ${line.name} -- --help`);
    return 2;
  };
  const [name, ...rest] = args;
  if (!name || name === '--help' || rest[0] === '--help') {
    console.log(help(line));
    return name ? 0 : 2;
  }
  const verb = Object.hasOwn(line.verbs, name) ? line.verbs[name] : undefined;
  if (!verb) return usageError(`unknown command '${name}'`);
  const options = Object.fromEntries(Object.entries(verb.options ?? {}).map(([option, type]) => [option, optionConfig(type)]));
  let parsed;
  try {
    parsed = parseArgs({ args: rest, options, allowPositionals: true });
  } catch (error) {
    return usageError((error as Error).message);
  }
  return verb.run(process.cwd(), { words: parsed.positionals, options: parsed.values as Arguments['options'] });
}

/**
 * Runs a program to its end and sets the exit code: what `work` returns, or 1 after a refusal and 2 after wrong usage,
 * which are printed without a stack trace.
 */
export function runProgram(name: string, work: () => Promise<number>, usage = 'see --help'): void {
  work().then(
    (code) => {
      process.exitCode = code;
    },
    (error: unknown) => {
      if (!(error instanceof Refusal || error instanceof MissingTool)) throw error;
      const wrong = error instanceof WrongUsage;
      console.error(`${name}: ${error.message}${wrong ? `; ${usage}` : ''}`);
      process.exitCode = wrong ? 2 : 1;
    },
  );
}

/** Runs a command line in the present folder. */
export function runCommandLine(line: CommandLine): void {
  runProgram(line.name, () => dispatch(line, process.argv.slice(2)), `see: npm run ${line.name} -- --help`);
}
