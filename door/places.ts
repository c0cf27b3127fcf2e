import { adoption } from '../adopt/command-line';
import { care } from '../care/command-line';
import type { CommandLine, Described } from '../common/verb';
import { pullRequest } from '../pull-request/command-line';
import { recovery } from '../recovery/command-line';
import { rehearsal } from '../rehearsal/command-line';
import { review } from '../review/command-line';
import { service } from '../scripts/new-service/command-line';
import { provider } from '../scripts/provider/command-line';
import { outdated } from '../scripts/outdated/command-line';
import { scripts } from '../scripts/command-line';
import { secrets } from '../secrets/command-line';
import { state } from '../state/command-line';

/** Where a verb of the front door is answered. */
export interface Place {
  /** What is typed after `./house`: the verb, or the group and the verb. */
  readonly path: readonly string[];
  readonly line: CommandLine<Described>;
  readonly verb: string;
  /** The program, below the project's folder, and what it is given before what was typed. */
  readonly program: readonly string[];
  /** Targets of the Makefile that set up what it needs. */
  readonly needs: readonly string[];
  /** What it needs instead when an option is said, by the option's name. @default - none */
  readonly needsWith?: Readonly<Record<string, readonly string[]>>;
}

const HOUSE_TOOLS = ['synthesized', 'house-tools'];

/**
 * A group of verbs, by the folder of its room. Those that put something right must work while the definition is broken,
 * and next to a state that could not be saved: only the `fresh` ones synthesize first.
 */
function whole(group: string, line: CommandLine<Described>, tools: string, fresh: readonly string[]): Place[] {
  return Object.keys(line.verbs).filter((verb) => !line.verbs[verb]!.isAlone).map((verb) => ({ path: [group, verb], line, verb, program: [`${group}/main.ts`, verb], needs: fresh.includes(verb) ? ['synthesized', tools] : ['install', tools] }));
}

function one(line: CommandLine<Described>, verb: string, program: readonly string[], needs: readonly string[], path: readonly string[] = [verb]): Place {
  return { path, line, verb, program, needs };
}

/** Verbs in the order in which a person meets them; those of `state` and `secrets` that are typed daily also stand alone. */
export const places: readonly Place[] = [
  one(scripts, 'synth', ['scripts/synth/main.cjs'], ['install']),
  { ...one(rehearsal, 'rehearse', ['rehearsal/main.ts'], ['synthesized', 'terraform']), needsWith: { list: ['install'] } },
  { ...one(pullRequest, 'review', ['pull-request/main.ts', 'review'], ['install', 'terraform']), needsWith: { real: [...HOUSE_TOOLS, 'terraform'] } },
  one(state, 'bootstrap', ['state/main.ts', 'bootstrap'], ['synthesized', 'tools']),
  one(state, 'deploy', ['state/main.ts', 'deploy'], HOUSE_TOOLS),
  one(state, 'drift', ['state/main.ts', 'drift'], HOUSE_TOOLS),
  ...Object.keys(care.verbs).map((verb) => one(care, verb, ['care/main.ts', verb], verb === 'artefacts' ? HOUSE_TOOLS : ['synthesized'])),
  one(scripts, 'backup', ['scripts/backup-tank'], ['synthesized']),
  { ...one(recovery, 'rebuild', ['recovery/main.ts'], HOUSE_TOOLS), needsWith: { list: ['synthesized'], 'dry-run': ['synthesized'] } },
  one(adoption, 'adopt', ['adopt/main.ts'], ['install']),
  one(service, 'service', ['scripts/new-service/main.ts'], ['install'], ['new', 'service']),
  one(provider, 'upgrade-provider', ['scripts/provider/main.ts'], ['install']),
  one(outdated, 'outdated', ['scripts/outdated/main.ts', 'outdated'], ['install']),
  one(review, 'guard', ['review/main.ts'], ['install']),
  one(pullRequest, 'post', ['pull-request/main.ts', 'post'], ['install']),
  one(pullRequest, 'report-drift', ['pull-request/main.ts', 'report-drift'], ['install']),
  ...whole('secrets', secrets, 'secret-tools', ['init', 'create', 'check']),
  ...whole('state', state, 'house-tools', ['apply']),
];
