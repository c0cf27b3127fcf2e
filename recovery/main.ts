import { resolve } from 'node:path';

import { Refusal } from '../common/refusal';
import { exclusively } from '../state/exclusive';
import { readHouse } from './house';
import { Journal } from './journal';
import { HELP, readOptions, UsageError, type Options } from './options';
import { commandLines, Interrupted, rebuild } from './rebuild';
import type { Step } from './step';
import { rebuildSteps } from './steps';

/** The steps that were asked for. @throws UsageError naming those that there are */
function choose(all: readonly Step[], { from, only }: Options): readonly Step[] {
  const ids = all.map(({ id }) => id);
  for (const id of [...(only ?? []), ...(from === undefined ? [] : [from])]) {
    if (!ids.includes(id)) throw new UsageError(`no step '${id}' in this house; there are ${ids.join(', ')}`);
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

async function run(args: readonly string[]): Promise<number> {
  const options = readOptions(args);
  if (options.help) {
    console.log(HELP);
    return 0;
  }
  const root = process.cwd();
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

run(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    const usage = error instanceof UsageError;
    if (error instanceof Interrupted) console.error('rebuild: interrupted; the journal says how far it came. Go on with: make rebuild');
    else if (usage || error instanceof Refusal) console.error(`rebuild: ${error.message}${usage ? '; see --help' : ''}`);
    else throw error;
    process.exitCode = error instanceof Interrupted ? 130 : usage ? 2 : 1;
  },
);
