import { parseArgs } from 'node:util';

import { Refusal } from '../secrets/refusal';
import { MissingTool } from '../tools/tool-path';
import { bootstrap } from './commands/bootstrap';
import type { Command } from './commands/command';
import { backup, copies, restore, rollback, versions } from './commands/copies';
import { lock, unlock } from './commands/lock';
import { pushErrored, run } from './commands/run';

const COMMANDS: Readonly<Record<string, Command>> = {
  bootstrap,
  run,
  backup,
  copies,
  restore,
  versions,
  rollback,
  lock,
  unlock,
  'push-errored': pushErrored,
};

const HELP = `Usage: npm run state -- COMMAND

${Object.values(COMMANDS).map(({ synopsis, summary }) => `  ${synopsis}\n      ${summary}`).join('\n')}

STACK is foundation or services. All but the rehearsed bootstrap work on the real object store, with your secrets.
What to do when something failed: docs/state.
Exit codes: 0 done, 1 refused or failed (reason printed), 2 wrong usage, 130 interrupted; run: that of Terraform.`;

function usageError(message: string): number {
  console.error(`state: ${message}; see: npm run state -- --help`);
  return 2;
}

async function main(args: readonly string[]): Promise<number> {
  const [verb, ...rest] = args;
  if (!verb || verb === '--help' || rest[0] === '--help') {
    console.log(HELP);
    return verb ? 0 : 2;
  }
  const command = Object.hasOwn(COMMANDS, verb) ? COMMANDS[verb] : undefined;
  if (!command) return usageError(`unknown command '${verb}'`);
  const options = Object.fromEntries(Object.entries(command.options ?? {}).map(([name, type]) => [name, { type }]));
  let parsed;
  try {
    parsed = parseArgs({ args: rest, options, allowPositionals: true });
  } catch (error) {
    return usageError((error as Error).message);
  }
  return command.run(process.cwd(), { words: parsed.positionals, options: parsed.values });
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    if (!(error instanceof Refusal || error instanceof MissingTool)) throw error;
    console.error(`state: ${error.message}`);
    process.exitCode = 1;
  },
);
