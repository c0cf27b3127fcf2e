import type { CommandLine, Verb } from '../common/verb';
import { check } from './commands/check';
import { contextOf, type Command } from './commands/command';
import { create } from './commands/create';
import { edit } from './commands/edit';
import { example } from './commands/example';
import { exec } from './commands/exec';
import { init } from './commands/init';
import { makeToken } from './commands/make-token';
import { play } from './commands/play';
import { addRecipient, removeRecipient, rotateKey } from './commands/recipients';
import { scan } from './commands/scan';
import { token } from './commands/token';
import { rotate } from './commands/rotate';
import { remove, set, show } from './commands/values';

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
  'make-token': makeToken,
  play,
  exec,
  scan,
  token,
  example,
};

/** A command works on the context of its project; its options are switches. */
function asVerb({ run, ...said }: Command): Verb {
  return {
    ...said,
    run: (root, { words, options }) => run(contextOf(root), words, new Set(Object.keys(options))),
  };
}

/** `./house secrets`: the secrets of the house. */
export const secrets: CommandLine = {
  name: 'secrets',
  typed: './house secrets',
  verbs: Object.fromEntries(Object.entries(COMMANDS).map(([name, command]) => [name, asVerb(command)])),
  notes: `The secrets are tfvars.sops.json (Terraform's variables) and ansible.sops.json (all others), at the top of the
project; .sops.yaml says who can decrypt them. The key is read from SOPS_AGE_KEY_FILE or ~/.config/sops/age/keys.txt.
Exit codes: 0 done, 1 refused or something is wrong (reason printed), 2 wrong usage, 130 interrupted; exec: that of
the command.`,
};
