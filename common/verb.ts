import { WrongUsage } from './refusal';

/** An option of a verb: a switch, one value, or a value that may be said more than once. */
export interface Option {
  readonly kind: 'switch' | 'value' | 'list';
  /** What stands for the value in help, e.g. `FILE`; none for a switch. */
  readonly value?: string;
  /** What it does, one line. */
  readonly says: string;
}

/** An option without a value. */
export function flag(says: string): Option {
  return { kind: 'switch', says };
}

/** An option with one value. */
export function value(name: string, says: string): Option {
  return { kind: 'value', value: name, says };
}

/** An option with a value that may be said more than once. */
export function list(name: string, says: string): Option {
  return { kind: 'list', value: name, says };
}

/** What the owner typed after the verb. */
export interface Arguments {
  readonly words: readonly string[];
  readonly options: Readonly<Record<string, string | boolean | readonly string[] | undefined>>;
}

/** The value of an option, or undefined when it was not said. */
export function textOf({ options }: Arguments, name: string): string | undefined {
  return options[name] as string | undefined;
}

/** The whole number that an option says, or undefined when it was not said. @throws WrongUsage for anything else */
export function wholeNumberOf(typed: Arguments, name: string): number | undefined {
  const text = textOf(typed, name);
  if (text !== undefined && !/^\d+$/.test(text)) throw new WrongUsage(`--${name} must be a whole number, got '${text}'`);
  return text === undefined ? undefined : Number(text);
}

/** The values of an option that may be said more than once. */
export function listOf({ options }: Arguments, name: string): readonly string[] {
  return (options[name] ?? []) as readonly string[];
}

/** What help tells of a verb. */
export interface Described {
  /** The words that follow it, for help, e.g. `STACK`. @default - no word may follow */
  readonly words?: string;
  /** What it does, one line. */
  readonly summary: string;
  readonly options?: Readonly<Record<string, Option>>;
  /** Whether it is typed without the name of its group, as `./house deploy` is. @default false */
  readonly isAlone?: boolean;
  /** What a person would type after the command's name, e.g. `apply services --reboots 1`. @default - none */
  readonly examples?: readonly string[];
}

/** One verb of a command line. */
export interface Verb extends Described {
  /**
   * @param root folder of the project
   * @returns the exit code
   */
  readonly run: (root: string, args: Arguments) => Promise<number> | number;
}

/** A command line of several verbs; those of a program that is no TypeScript are only described. */
export interface CommandLine<V extends Described = Verb> {
  /** Before every message, e.g. `state`. */
  readonly name: string;
  /** What a person types before the verb, e.g. `./house state`. */
  readonly typed: string;
  readonly verbs: Readonly<Record<string, V>>;
  /** What help says after the verbs: what they work on, and their exit codes. */
  readonly notes: string;
}
