import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { flag } from '../../common/verb';
import { recipientProblems } from '../agreement';
import { clearValues, expiredSecrets, nameProblems } from '../check';
import { exampleSshProblem } from '../example-ssh-key';
import { Refusal } from '../../common/refusal';
import { decrypt } from '../sops';
import { FILES, isExample, readEncrypted, type SecretStore } from '../store';
import type { Command } from './command';

/** Opens both files with SOPS, which verifies their MAC. @returns what it refused */
function macProblems(store: SecretStore): string[] {
  return FILES.filter((file) => existsSync(join(store.folder, file))).flatMap((file) => {
    try {
      decrypt(store, file);
      return [];
    } catch (error) {
      if (error instanceof Refusal) return [error.message];
      throw error;
    }
  });
}

/** `check`: the verb behind `make secrets-check`, to be run before anything that uses secrets. */
export const check: Command = {
  summary: 'names what is missing, unused, expired or tampered with',
  options: { real: flag('refuses example secrets'), 'no-key': flag('opens nothing: for a machine without a key') },
  run({ store, specs, say }, _args, flags) {
    const wanted = specs();
    const example = isExample(store.folder);
    const present = FILES.filter((file) => existsSync(join(store.folder, file)));
    const problems = present.flatMap((file) => clearValues(file, readEncrypted(join(store.folder, file))));
    problems.push(...nameProblems(store, wanted), ...recipientProblems(store));
    if (!flags.has('no-key')) problems.push(...macProblems(store));
    if (example && flags.has('real')) problems.push('these are the example secrets, which everybody can open; make your own with: make secrets');
    if (flags.has('real')) problems.push(...[exampleSshProblem(store.root)].filter((problem) => problem !== undefined));
    // Nobody depends on the example values, so they do not age.
    const expired = example ? [] : expiredSecrets(store, wanted, Date.now());
    problems.push(...expired.map(({ name, rotateDays }) => `'${name}' is older than ${rotateDays} days; renew it with: ./house secrets rotate ${name}`));

    for (const problem of problems) say(problem);
    if (problems.length === 0) {
      const opened = flags.has('no-key') ? 'not opened' : 'opened and whole';
      say(`${wanted.length} secrets, none missing, unused or expired; files ${opened}${example ? '; example secrets, for rehearsals only' : ''}`);
    } else say(`${problems.length} problem${problems.length === 1 ? '' : 's'}; nothing was run`);
    return problems.length ? 1 : 0;
  },
};
