import { parseArgs } from 'node:util';

import { MissingTool } from '../tools/tool-path';
import { check } from './commands/check';
import { contextOf, type Command } from './commands/command';
import { create } from './commands/create';
import { edit } from './commands/edit';
import { example } from './commands/example';
import { exec } from './commands/exec';
import { init } from './commands/init';
import { addRecipient, removeRecipient, rotateKey } from './commands/recipients';
import { remove, rotate, set, show } from './commands/values';
import { Refusal } from './refusal';

const COMMANDS: Readonly<Record<string, Command>> = {
  init,
  create,
  check,
  set,
  show,
  edit,
  rotate,
  remove,
  'add-recipient': addRecipient,
  'remove-recipient': removeRecipient,
  'rotate-key': rotateKey,
  exec,
  example,
};

const HELP = `Usage: npm run secrets -- COMMAND

${Object.values(COMMANDS).map(({ synopsis, summary }) => `  ${synopsis}\n      ${summary}`).join('\n')}

The secrets are tfvars.sops.json (Terraform's variables) and ansible.sops.json (all others), at the top of the
project; .sops.yaml says who can decrypt them. The key is read from SOPS_AGE_KEY_FILE or ~/.config/sops/age/keys.txt.
Exit codes: 0 done, 1 refused or something is wrong (reason printed), 2 wrong usage, 130 interrupted; exec: that of
the command.`;

function usageError(message: string): number {
  console.error(`secrets: ${message}; see: npm run secrets -- --help`);
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
  const options = Object.fromEntries((command.flags ?? []).map((name) => [name, { type: 'boolean' as const }]));
  let parsed;
  try {
    parsed = parseArgs({ args: rest, options, allowPositionals: true });
  } catch (error) {
    return usageError((error as Error).message);
  }
  return command.run(contextOf(process.cwd()), parsed.positionals, new Set(Object.keys(parsed.values)));
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    if (!(error instanceof Refusal || error instanceof MissingTool)) throw error;
    console.error(`secrets: ${error.message}`);
    process.exitCode = 1;
  },
);
