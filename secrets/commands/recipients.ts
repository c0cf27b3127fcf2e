import { join } from 'node:path';
import type { YAMLSeq } from 'yaml';

import { flag } from '../../common/verb';
import { replaceFile } from '../../common/replace-file';
import { confirm } from '../../common/prompt';
import { isUnsealed, trustedRecipients } from '../agreement';
import { changeStore } from '../change';
import { configPath, readConfig, recipientList, requireRecipient } from '../recipients';
import { Refusal } from '../../common/refusal';
import { FILES, recipientsOf, refuseExampleKey, type SecretStore } from '../store';
import type { Command, Context } from './command';

/** Rewrites the list of recipients of this house's files in .sops.yaml. */
export function editRecipients(store: SecretStore, edit: (list: YAMLSeq<unknown>) => void): void {
  const config = readConfig(store.root);
  edit(recipientList(config, store.root, join(store.folder, FILES[0])));
  replaceFile(configPath(store.root), config.toString());
}

/** How the verbs below are asked for. */
const OPTIONS = { yes: flag('asks nobody: for a run without a terminal') };

/**
 * Shows who may open the files now and who afterwards, asks, and changes them, the files first: .sops.yaml must not
 * promise what a file does not keep.
 * @throws Refusal when the lists disagree, or the owner says no
 */
async function changeRecipients({ store, say }: Context, flags: ReadonlySet<string>, change: (before: readonly string[]) => string[]): Promise<void> {
  refuseExampleKey(store);
  const unsealed = isUnsealed(store);
  const before = unsealed ? recipientsOf(join(store.folder, FILES[0])) : trustedRecipients(store);
  const after = change(before);
  for (const key of before) say(`may open the secrets now:        ${key}${after.includes(key) ? '' : '  (goes)'}`);
  for (const key of after) say(`may open them from then on:      ${key}${before.includes(key) ? '' : '  (new)'}`);
  if (unsealed) say('the files have no list under their MAC yet: make sure that you know every key above');
  if (!flags.has('yes') && !(await confirm('secrets: is that who may open them?'))) throw new Refusal('nothing was changed');
  changeStore(store, (draft) => draft.rotate(before, after), unsealed ? () => undefined : trustedRecipients);
  editRecipients(store, (list) => {
    list.items = list.items.filter((item) => after.includes(String(item)));
    for (const key of after) if (!list.toJSON().includes(key)) list.add(key);
  });
}

/** `add-recipient`: lets another key open the files. */
export const addRecipient: Command = {
  words: 'AGE_PUBLIC_KEY',
  summary: 'lets another key decrypt, with a new data key for both files; shows all keys and asks',
  options: OPTIONS,
  async run(context, [recipient = ''], flags) {
    requireRecipient(recipient);
    await changeRecipients(context, flags, (before) => [...new Set([...before, recipient])]);
    context.say(`${recipient} can decrypt now; commit .sops.yaml and both files`);
    return 0;
  },
};

/** `remove-recipient`: shuts a key out of the files as they are from now on. */
export const removeRecipient: Command = {
  words: 'AGE_PUBLIC_KEY',
  summary: 'shuts a key out, with a new data key for both files; shows all keys and asks',
  options: OPTIONS,
  async run(context, [recipient = ''], flags) {
    const { say } = context;
    requireRecipient(recipient);
    let known = false;
    await changeRecipients(context, flags, (before) => {
      known = before.includes(recipient);
      const rest = before.filter((key) => key !== recipient);
      if (rest.length === 0) throw new Refusal('that is the last recipient: nobody could open the files any more; add another one first');
      return rest;
    });
    if (!known) say(`${recipient} was no recipient`);
    say(`${recipient} cannot decrypt from now on; commit .sops.yaml and both files`);
    say('it still knows the values of before and of git\'s history: make them anew with: ./house secrets rotate NAME...');
    return 0;
  },
};

/** `rotate-key`: a new data key, for the same recipients. */
export const rotateKey: Command = {
  summary: 'encrypts both files anew with a new data key; values and recipients stay; shows the keys and asks',
  options: OPTIONS,
  async run(context, _args, flags) {
    await changeRecipients(context, flags, (before) => [...before]);
    context.say('both files have a new data key');
    return 0;
  },
};
