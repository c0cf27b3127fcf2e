import { helpOfLine, helpOfVerb } from '../common/help';
import { places, type Place } from './places';

/** One verb as `./house` reads it, without loading what answers it. */
export interface Entry {
  readonly path: readonly string[];
  readonly summary: string;
  readonly options: readonly string[];
  readonly program: readonly string[];
  readonly needs: readonly string[];
  readonly needsWith: Readonly<Record<string, readonly string[]>>;
  readonly help: string;
}

/** All that `./house` knows. */
export interface Table {
  readonly help: string;
  /** Help of each group of verbs, by its name. */
  readonly groups: Readonly<Record<string, string>>;
  readonly verbs: readonly Entry[];
}

const NOTES = `Options of a verb: ./house VERB --help. What it needs is set up first, without a question.
Exit codes: 0 done, 1 refused or failed (reason printed), 2 wrong usage, 130 interrupted.`;

const SETUP = `  help [VERB]
      this text, or that of a verb
  completion bash|zsh|fish
      prints what lets a shell complete verbs and options: eval "$(./house completion zsh)"`;

function entry({ path, line, verb, program, needs, needsWith = {} }: Place): Entry {
  const described = line.verbs[verb]!;
  const typed = ['./house', ...path.slice(0, -1)].join(' ');
  const help = helpOfVerb({ ...line, typed }, path.at(-1)!, described);
  return { path, summary: described.summary, options: Object.keys(described.options ?? {}), program, needs, needsWith, help };
}

function overview(entries: readonly Entry[], groups: Readonly<Record<string, string>>): string {
  const alone = entries.filter(({ path }) => path.length === 1);
  const lines = alone.map(({ path, summary }) => `  ${path[0]}\n      ${summary}`);
  const grouped = Object.keys(groups).map((group) => `  ${group} VERB\n      ${entries.flatMap(({ path }) => (path[0] === group ? [path[1]] : [])).join(', ')}`);
  return `Usage: ./house VERB\n\n${[...lines, ...grouped, SETUP].join('\n')}\n\n${NOTES}`;
}

/** The table of the front door, from the verbs of all rooms. */
export function table(): Table {
  const grouped = places.filter(({ path }) => path.length === 2);
  const names = [...new Set(grouped.map(({ path }) => path[0]!))];
  const groups = Object.fromEntries(names.map((group) => {
    const own = grouped.filter(({ path }) => path[0] === group);
    const verbs = Object.fromEntries(own.map(({ path, line, verb }) => [path[1]!, line.verbs[verb]!]));
    return [group, helpOfLine({ ...own[0]!.line, typed: `./house ${group}`, verbs })];
  }));
  const verbs = places.map(entry);
  return { help: overview(verbs, groups), groups, verbs };
}

/** The page of all verbs and their options, as Markdown. */
export function reference({ help, verbs }: Table): string {
  const pages = verbs.map((verb) => `## ${verb.path.join(' ')}\n\n\`\`\`\n${verb.help}\n\`\`\`\n`);
  return [`# Commands\n\n\`\`\`\n${help}\n\`\`\`\n`, ...pages].join('\n');
}
