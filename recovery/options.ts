import { WrongUsage } from '../common/refusal';
import { flag, textOf, value, type Arguments } from '../common/verb';

/** What may be typed after `./house rebuild`. */
export const OPTIONS = {
  list: flag('the steps, and which are done'),
  'dry-run': flag('prints what each step would run, and runs nothing'),
  yes: flag('asks nobody; a step that only hands can do stops the run unless its check holds'),
  from: value('STEP', 'this step and all after it, whether they were done or not'),
  only: flag('the steps that are named, whether they were done or not'),
  inventory: value('FILE', 'another inventory, as for a drill; steps that need Terraform or secrets are left out'),
  folder: value('FOLDER', 'where the journal is kept (default .state/recovery)'),
};

/** What was typed. */
export interface Options {
  readonly list: boolean;
  readonly dryRun: boolean;
  readonly yes: boolean;
  readonly from?: string;
  readonly only?: readonly string[];
  readonly inventory?: string;
  readonly folder: string;
}

/** Reads what was typed. @throws WrongUsage for steps without --only, --only without steps, and --only beside --from */
export function readOptions(typed: Arguments): Options {
  const { words, options } = typed;
  const [from, inventory, only] = [textOf(typed, 'from'), textOf(typed, 'inventory'), options['only'] === true];
  if (only !== words.length > 0) throw new WrongUsage(only ? 'name the steps after --only' : `'${words[0]}' is said without --only`);
  if (only && from !== undefined) throw new WrongUsage('--only and --from exclude each other');
  return {
    list: options['list'] === true,
    dryRun: options['dry-run'] === true,
    yes: options['yes'] === true,
    folder: textOf(typed, 'folder') ?? '.state/recovery',
    ...(from !== undefined && { from }),
    ...(inventory !== undefined && { inventory }),
    ...(only && { only: words }),
  };
}
