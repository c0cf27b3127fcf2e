import { parseArgs } from 'node:util';

import { MissingTool } from '../tools/tool-path';
import { helpOfLine, helpOfVerb } from './help';
import { meantText } from './nearest';
import { Interrupted } from './prompt';
import { Refusal, WrongUsage } from './refusal';
import type { Arguments, CommandLine, Verb } from './verb';

/** What the file system answers when a folder is not the owner's to write, or full. */
const DENIED = ['EACCES', 'EROFS', 'EPERM', 'ENOSPC'];

/** Reads what follows a verb. @throws WrongUsage for an option or a word that it does not take */
function read(name: string, { options = {}, words }: Verb, args: readonly string[]): Arguments {
  const config = Object.fromEntries(
    Object.entries(options).map(([option, { kind }]) => [option, kind === 'list' ? { type: 'string' as const, multiple: true } : { type: kind === 'switch' ? ('boolean' as const) : ('string' as const) }]),
  );
  try {
    const { values, positionals } = parseArgs({ args: [...args], options: config, allowPositionals: true });
    if (words === undefined && positionals.length > 0) throw new WrongUsage(`'${name}' takes no word, got '${positionals[0]}'`);
    return { words: positionals, options: values as Arguments['options'] };
  } catch (error) {
    if (error instanceof Refusal) throw error;
    const unknown = /^Unknown option '--?([\w-]+)'/.exec((error as Error).message)?.[1];
    if (unknown === undefined) throw new WrongUsage((error as Error).message);
    throw new WrongUsage(`'${name}' has no option --${unknown}${meantText(unknown, Object.keys(options), '--')}`);
  }
}

/** Help is asked for before a `--`, after which everything belongs to another program. */
function asksForHelp(args: readonly string[]): boolean {
  const end = args.indexOf('--');
  return (end < 0 ? args : args.slice(0, end)).includes('--help');
}

async function dispatch(line: CommandLine, args: readonly string[]): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === '--help') {
    console.log(helpOfLine(line));
    return name === undefined ? 2 : 0;
  }
  const verb = Object.hasOwn(line.verbs, name) ? line.verbs[name] : undefined;
  if (!verb) throw new WrongUsage(`unknown command '${name}'${meantText(name, Object.keys(line.verbs))}; see: ${line.typed} --help`);
  if (asksForHelp(rest)) {
    console.log(helpOfVerb(line, name, verb));
    return 0;
  }
  try {
    return await verb.run(process.cwd(), read(name, verb, rest));
  } catch (error) {
    if (!(error instanceof WrongUsage)) throw error;
    throw new WrongUsage(`${error.message}; see: ${verb.isAlone ? './house' : line.typed} ${name} --help`);
  }
}

/**
 * Does a program's work.
 * @returns what `work` returns, or 1 after a refusal or a folder that cannot be written, 2 after wrong usage and 130 after Ctrl-C
 * at a question, which are printed without a stack trace
 */
async function codeOf(name: string, work: () => Promise<number>): Promise<number> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Interrupted) {
      console.error(`${name}: interrupted`);
      return 130;
    }
    const denied = DENIED.includes((error as NodeJS.ErrnoException).code ?? '');
    if (!(denied || error instanceof Refusal || error instanceof MissingTool)) throw error;
    console.error(`${name}: ${(error as Error).message}`);
    return error instanceof WrongUsage ? 2 : 1;
  }
}

/** Runs a program to its end and sets the exit code. */
export function runProgram(name: string, work: () => Promise<number>): void {
  void codeOf(name, work).then((code) => {
    process.exitCode = code;
  });
}

/** Answers what was typed after a command's name. @returns the exit code */
export function answer(line: CommandLine, args: readonly string[]): Promise<number> {
  return codeOf(line.name, () => dispatch(line, args));
}

/** Runs a command line in the present folder. @param args what was typed, by default all of it */
export function runCommandLine(line: CommandLine, args: readonly string[] = process.argv.slice(2)): void {
  runProgram(line.name, () => dispatch(line, args));
}
