import { join } from 'node:path';
import type { YAMLSeq } from 'yaml';

import { replaceFile } from '../../common/replace-file';
import { changeStore } from '../change';
import { configPath, readConfig, recipientList, requireRecipient } from '../recipients';
import { Refusal } from '../../common/refusal';
import { FILES, isExample, recipientsOf, type SecretStore } from '../store';
import type { Command, Context } from './command';

/** Rewrites the list of recipients of this house's files in .sops.yaml. */
export function editRecipients(store: SecretStore, edit: (list: YAMLSeq<unknown>) => void): void {
  const config = readConfig(store.root);
  edit(recipientList(config, store.root, join(store.folder, FILES[0])));
  replaceFile(configPath(store.root), config.toString());
}

function refuseForExample({ store }: Context): void {
  if (isExample(store.folder)) throw new Refusal('these are the example secrets, everybody can open them anyway; make your own with: npm run secrets -- init');
}

/** `add-recipient`: lets another key open the files. Run again after an interruption, it finishes. */
export const addRecipient: Command = {
  synopsis: 'add-recipient AGE_PUBLIC_KEY',
  summary: 'lets another key decrypt, with a new data key for both files',
  run(context, [recipient = '']) {
    const { store, say } = context;
    requireRecipient(recipient);
    refuseForExample(context);
    // The files first: .sops.yaml must not promise what a file does not keep.
    changeStore(store, (draft) => draft.rotate({ add: recipient }));
    editRecipients(store, (list) => {
      if (!list.toJSON().includes(recipient)) list.add(recipient);
    });
    say(`${recipient} can decrypt now; commit .sops.yaml and both files`);
    return 0;
  },
};

/** `remove-recipient`: shuts a key out of the files as they are from now on. */
export const removeRecipient: Command = {
  synopsis: 'remove-recipient AGE_PUBLIC_KEY',
  summary: 'shuts a key out, with a new data key for both files',
  run(context, [recipient = '']) {
    const { store, say } = context;
    requireRecipient(recipient);
    refuseForExample(context);
    const known = FILES.some((file) => recipientsOf(join(store.folder, file)).includes(recipient));
    const rest = recipientsOf(join(store.folder, FILES[0])).filter((key) => key !== recipient);
    if (rest.length === 0) throw new Refusal('that is the last recipient: nobody could open the files any more; add another one first');
    changeStore(store, (draft) => draft.rotate({ remove: recipient }));
    editRecipients(store, (list) => {
      list.items = list.items.filter((item) => String(item) !== recipient);
    });
    if (!known) say(`${recipient} was no recipient`);
    say(`${recipient} cannot decrypt from now on; commit .sops.yaml and both files`);
    say('it still knows the values of before and of git\'s history: make them anew with: npm run secrets -- rotate NAME...');
    return 0;
  },
};

/** `rotate-key`: a new data key, for the same recipients. */
export const rotateKey: Command = {
  synopsis: 'rotate-key',
  summary: 'encrypts both files anew with a new data key; values and recipients stay',
  run({ store, say }) {
    changeStore(store, (draft) => draft.rotate());
    say('both files have a new data key');
    return 0;
  },
};
