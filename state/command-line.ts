import { join } from 'node:path';

import { exclusively, HOUSE } from '../common/exclusive';
import type { CommandLine, Verb } from '../common/verb';
import { adopt, disown } from './commands/adopt';
import { apply } from './commands/apply';
import { bootstrap } from './commands/bootstrap';
import { changeEngine } from './commands/change-engine';
import { configure } from './commands/configure';
import { backup, copies, keep, restore, rollback, versions } from './commands/copies';
import { deploy } from './commands/deploy';
import { drift } from './commands/drift';
import { lockProviders } from './commands/lock-providers';
import { lock, unlock } from './commands/lock';
import { move } from './commands/move';
import { pushErrored, run } from './commands/run';
import { setAside } from './commands/set-aside';
import { trustHostVerb } from './commands/trust-host';

/** A verb that writes a state is the only one at work on this machine, beside every apply. */
const alone = (verb: Verb): Verb => ({ ...verb, run: (root, typed) => exclusively({ base: join(root, '.state') }, HOUSE, async () => verb.run(root, typed)) });

/** `./house state`: the state, its copies, and every apply. */
export const state: CommandLine = {
  name: 'state',
  typed: './house state',
  verbs: {
    bootstrap,
    configure,
    apply,
    deploy,
    drift,
    adopt,
    disown,
    run,
    backup,
    copies,
    restore: alone(restore),
    keep: alone(keep),
    versions,
    rollback: alone(rollback),
    move,
    'set-aside': alone(setAside),
    lock,
    unlock,
    'push-errored': alone(pushErrored),
    'change-engine': changeEngine,
    'lock-providers': lockProviders,
    'trust-host': trustHostVerb,
  },
  notes: `STACK is foundation or services. All but the rehearsed bootstrap work on the real object store, with your secrets.
What to do when something failed: docs/state.
Exit codes: 0 done, 1 refused or failed (reason printed), 2 wrong usage, 130 interrupted; apply and run: those of
Terraform; drift: 0 none, 2 there is some.`,
};
