import { resolve } from 'node:path';

import { exclusively } from '../common/exclusive';
import { Interrupted } from '../common/prompt';
import { WrongUsage } from '../common/refusal';
import type { Arguments, CommandLine } from '../common/verb';
import { readHouse } from './house';
import { Journal } from './journal';
import { OPTIONS, readOptions, type Options } from './options';
import { commandLines, rebuild } from './rebuild';
import type { Step } from './step';
import { rebuildSteps } from './steps';

/** The steps that were asked for. @throws WrongUsage naming those that there are */
function choose(all: readonly Step[], { from, only }: Options): readonly Step[] {
  const ids = all.map(({ id }) => id);
  for (const id of [...(only ?? []), ...(from === undefined ? [] : [from])]) {
    if (!ids.includes(id)) throw new WrongUsage(`no step '${id}' in this house; there are ${ids.join(', ')}`);
  }
  if (only) return all.filter(({ id }) => only.includes(id));
  return from === undefined ? all : all.slice(ids.indexOf(from));
}

function list(all: readonly Step[], journal: Journal): void {
  for (const { id, section, title, does } of all) {
    console.log(`${section}  ${id.padEnd(10)} ${(journal.get(id)?.is ?? '').padEnd(6)} ${title}\n${' '.repeat(21)}${does}`);
  }
}

function dryRun(chosen: readonly Step[], root: string): void {
  for (const step of chosen) {
    console.log([`${step.id}: ${step.title}${step.by === 'owner' ? ' (by hand)' : ''}`, ...commandLines(step, root)].join('\n'));
  }
}

async function run(root: string, typed: Arguments): Promise<number> {
  const options = readOptions(typed);
  const folder = resolve(root, options.folder);
  const house = readHouse(root, options.inventory);
  const all = rebuildSteps({ house, folder, unattended: options.yes });
  const chosen = choose(all, options);
  const openJournal = () => new Journal(folder, `${house.node} at ${house.address}`, all.map(({ id }) => id));
  if (options.list) list(all, openJournal());
  else if (options.dryRun) dryRun(chosen, root);
  else {
    const named = options.only !== undefined || options.from !== undefined;
    const work = () => rebuild({ root, all, chosen, named, unattended: options.yes, journal: openJournal() });
    return (await exclusively({ base: folder }, 'rebuild', work)) ? 0 : 1;
  }
  return 0;
}

/** An interruption is no failure: the journal says how far the run came. */
async function runUntilInterrupted(root: string, typed: Arguments): Promise<number> {
  try {
    return await run(root, typed);
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    console.error('rebuild: interrupted; the journal says how far it came. Go on with: ./house rebuild');
    return 130;
  }
}

/** `./house rebuild`: the host again after its boot disk has died. */
export const recovery: CommandLine = {
  name: 'rebuild',
  typed: './house',
  verbs: {
    rebuild: {
      words: '[STEP]...',
      summary: 'rebuilds the host after its boot disk has died, step by step, and goes on where it stopped',
      options: OPTIONS,
      examples: ['rebuild --list', 'rebuild --dry-run', 'rebuild --only pool'],
      run: runUntilInterrupted,
    },
  },
  notes: `Read docs/recovery/full-rebuild.md beside it.
Exit codes: 0 done, 1 stopped (reason printed), 2 wrong usage, 130 interrupted.`,
};
