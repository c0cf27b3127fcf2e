import { spawnSync } from 'node:child_process';

import { trustedRecipients } from '../agreement';
import { requireForm } from '../forms';
import { changeStore } from '../change';
import { toolPath } from '../../tools/tool-path';
import { openValues, today } from '../make-missing';
import { inMemory } from '../../common/memory';
import { Refusal } from '../../common/refusal';
import { sops, sopsEnvironment } from '../sops';
import { COMMENT_KEY, DATES_KEY, FILES, RECIPIENTS_KEY, refuseExampleKey, sealedRecipients } from '../store';
import type { Command } from './command';

/** SOPS's exit code for an editor that changed nothing. */
const UNCHANGED = 200;

/** `edit`: a whole file in an editor. */
export const edit: Command = {
  words: FILES.join('|'),
  summary: 'opens one file in your EDITOR, in memory, and encrypts it again',
  run({ store, specs, say }, [name]) {
    refuseExampleKey(store);
    const file = FILES.find((each) => each === name);
    if (!file) throw new Refusal(`there are two files to edit, ${FILES.join(' and ')}; got '${name ?? ''}'`);
    const before = openValues(store);
    const recipients = trustedRecipients(store);
    // The editor's file must not reach a disk.
    return inMemory((folder) => {
      changeStore(store, (draft) => {
        const run = spawnSync(toolPath('sops'), ['edit', draft.path(file)], {
          cwd: store.root,
          // An editor wants its owner's whole shell.
          env: { ...sopsEnvironment(store, process.env), TMPDIR: folder },
          stdio: 'inherit',
        });
        if (run.status === UNCHANGED) return;
        if (run.status !== 0) throw new Refusal(`the editor or SOPS failed (exit code ${run.status}); nothing was changed`);
        const { [DATES_KEY]: _dates, ...rest } = JSON.parse(sops(store, file, ['decrypt', draft.path(file)])) as Record<string, unknown>;
        const { [COMMENT_KEY]: _comment, ...after } = rest;
        if (sealedRecipients(rest)?.join() !== recipients.join()) throw new Refusal(`'${RECIPIENTS_KEY}' is changed by add-recipient and remove-recipient alone; nothing was changed`);
        for (const changed of Object.keys(after).filter((key) => after[key] !== before[key])) {
          const spec = specs().find((each) => each.name === changed);
          if (spec) requireForm(spec, String(after[changed]));
          draft.setDate(changed, today());
          say(`changed ${changed}`);
        }
      });
      return 0;
    });
  },
};
