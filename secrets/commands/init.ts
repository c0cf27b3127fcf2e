import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

import { flag } from '../../common/verb';
import { toolPath } from '../../tools/tool-path';
import { switchHooksOn } from '../git-hooks';
import { makeFiles } from '../make-missing';
import { Refusal } from '../../common/refusal';
import { FILES, isExample, ownKeyFile, ownStore } from '../store';
import { contextOf, type Command } from './command';
import { fill } from './fill';
import { editRecipients } from './recipients';

/** Public half of an age key file, which is made when it is not there. */
function ownRecipient(keyFile: string, say: (line: string) => void): string {
  const keygen = (args: string[]) => {
    const run = spawnSync(toolPath('age', 'age-keygen'), args, { encoding: 'utf8' });
    if (run.status !== 0) throw new Refusal(`the age key '${keyFile}' cannot be used: ${run.stderr.trim()}`);
    return run.stdout.trim();
  };
  if (!existsSync(keyFile)) {
    mkdirSync(dirname(keyFile), { recursive: true, mode: 0o700 });
    keygen(['-o', keyFile]);
    chmodSync(keyFile, 0o600);
    say(`made your key: ${keyFile}`);
    say('keep a copy of it off this machine: without it nobody can ever open your secrets');
  }
  const [recipient] = keygen(['-y', keyFile]).split('\n');
  return recipient!;
}

/** `init`: from the shipped example to secrets of one's own. Run again after an interruption, it starts over. */
export const init: Command = {
  summary: 'replaces the example secrets by your own: your key, your values',
  options: { 'dry-run': flag('shows what would be done, and does nothing') },
  run({ root, say, specs }, _args, flags) {
    const present = FILES.some((file) => existsSync(`${root}/${file}`));
    if (present && !isExample(root)) throw new Refusal('these secrets are your own already; add to them with: make secrets');
    const keyFile = ownKeyFile();
    const count = specs().length;
    if (flags.has('dry-run')) {
      say(`would ${existsSync(keyFile) ? 'use' : 'make'} the key ${keyFile}, and make ${count} secrets for it`);
      return 0;
    }
    const recipient = ownRecipient(keyFile, say);
    const own = { root, folder: root, keyFile };
    editRecipients(own, (list) => {
      list.items = [];
      list.add(recipient);
    });
    makeFiles(own, FILES, [recipient]);
    switchHooksOn(root, say);
    return fill({ ...contextOf(root), store: ownStore(root) });
  },
};
