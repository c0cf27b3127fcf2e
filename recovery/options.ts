import { parseArgs } from 'node:util';

/** What --help prints. */
export const HELP = `Usage: make rebuild ARGS='[OPTION]...'

Rebuilds the host after its boot disk has died, step by step, and goes on where it stopped. Read
docs/recovery/full-rebuild.md beside it.

  --list            the steps, and which are done
  --dry-run         print what each step would run; run nothing
  --yes             ask nobody; a step that only hands can do stops the run unless its check holds
  --from STEP       this step and all after it, whether they were done or not
  --only STEP...    these steps, whether they were done or not
  --inventory FILE  another inventory, as for a drill; the host is the one machine in its group 'metal', the roles are
                    those of ../playbooks/metal.yml beside it, the guests those of ../../stacks, where there are such;
                    steps that need Terraform or secrets are left out
  --folder FOLDER   where the journal is kept (default .state/recovery)
  --help            this text

Exit codes: 0 done, 1 stopped (reason printed), 2 wrong usage, 130 interrupted.`;

/** What was typed. */
export interface Options {
  readonly list: boolean;
  readonly dryRun: boolean;
  readonly yes: boolean;
  readonly from?: string;
  readonly only?: readonly string[];
  readonly inventory?: string;
  readonly folder: string;
  readonly help: boolean;
}

/** The command line is wrong; the message says how. */
export class UsageError extends Error {}

/** Reads the command line. @throws UsageError */
export function readOptions(args: readonly string[]): Options {
  try {
    const flag = { type: 'boolean', default: false } as const;
    const text = { type: 'string' } as const;
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { list: flag, 'dry-run': flag, yes: flag, from: text, only: flag, inventory: text, folder: { ...text, default: '.state/recovery' }, help: flag },
    });
    const { only, 'dry-run': dryRun, ...rest } = values;
    if (only !== positionals.length > 0) throw new UsageError(only ? 'name the steps after --only' : `'${positionals[0]}' is said without --only`);
    if (only && rest.from) throw new UsageError('--only and --from exclude each other');
    return { ...rest, dryRun, ...(only ? { only: positionals } : {}) };
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
