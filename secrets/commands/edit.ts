import { spawnSync } from 'node:child_process';

import { changeStore } from '../change';
import { toolPath } from '../../tools/tool-path';
import { openValues, today } from '../make-missing';
import { inMemory } from '../../common/memory';
import { Refusal } from '../../common/refusal';
import { sops, sopsEnvironment } from '../sops';
import { DATES_KEY, FILES } from '../store';
import type { Command } from './command';

/** SOPS's exit code for an editor that changed nothing. */
const UNCHANGED = 200;

/** `edit`: a whole file in an editor. */
export const edit: Command = {
  synopsis: `edit ${FILES.join('|')}`,
  summary: 'opens one file in your EDITOR, in memory, and encrypts it again',
  run({ store, say }, [name]) {
    const file = FILES.find((each) => each === name);
    if (!file) throw new Refusal(`there are two files to edit, ${FILES.join(' and ')}; got '${name ?? ''}'`);
    const before = openValues(store);
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
        const { [DATES_KEY]: _dates, ...after } = JSON.parse(sops(store, file, ['decrypt', draft.path(file)])) as Record<string, unknown>;
        for (const changed of Object.keys(after).filter((key) => after[key] !== before[key])) {
          draft.setDate(changed, today());
          say(`changed ${changed}`);
        }
      });
      return 0;
    });
  },
};
