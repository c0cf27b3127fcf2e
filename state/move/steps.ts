import { existsSync, readFileSync } from 'node:fs';

import { replaceFile } from '../../common/replace-file';
import { Refusal } from '../../common/refusal';
import { apply } from '../bootstrap/apply';
import type { Step } from '../bootstrap/bootstrap';
import { install } from '../bootstrap/install';
import { configure, readLocal, removeLocal, verify } from '../bootstrap/migrate';
import { keepCopies } from '../bootstrap/run';
import { copyState } from '../copies/copies';
import { requireKnownLineage, requireNewest } from '../copies/newest';
import type { ApplyOptions } from '../guarded-apply';
import { localState, STACKS, type Site, type StackName } from '../site';
import { describe, difference, parseSnapshot, type Snapshot } from '../snapshot';
import type { Origin } from './origin';

/** Brings the states home, each locked, trusted and copied before: from here on the object store may go. */
const take = (origin: Origin): Step => ({
  name: 'take',
  title: 'lock both states where they are, copy them, and bring them here',
  async run({ site, say }) {
    const found = new Map<StackName, string>();
    for (const stack of STACKS) {
      await origin.lock(stack);
      const text = await origin.read(stack);
      const snapshot = parseSnapshot(text, `the object store, stack '${stack}'`);
      if (text && snapshot) {
        await requireTakeable(site, stack, { text, snapshot }, say);
        found.set(stack, text);
      } else say(`${stack} has no state, there is nothing to move`);
    }
    // Nothing is here before everything may be.
    for (const [stack, text] of found) replaceFile(localState(site, stack), text, 0o600);
  },
});

/** Copies a state that is to be brought home. @throws Refusal when it is not the newest of this house, or another local state is in its way */
async function requireTakeable(site: Site, stack: StackName, { text, snapshot }: { text: string; snapshot: Snapshot }, say: (line: string) => void): Promise<void> {
  requireKnownLineage(site, stack, snapshot, say);
  requireNewest(site, stack, snapshot, say, 'Nothing was moved');
  const path = localState(site, stack);
  if (existsSync(path) && readFileSync(path, 'utf8') !== text) throw new Refusal(`'${path}' is another state; nothing was moved. See docs/state/bootstrap.md, "Two states"`);
  await copyState(site, { stack, pull: () => Promise.resolve(text) }, say);
  say(`${stack}: ${describe(snapshot)}`);
}

/** Writes a state to where the definition keeps it: into nothing, or after what its own apply has made of it. */
const give = (stack: StackName): Step => ({
  name: `give-${stack}`,
  title: `write the state of ${stack} to where it is from now on`,
  async run(move) {
    const local = readLocal(move, stack);
    if (!local) return move.say(`${stack} has no local state, there is nothing to write`);
    const remote = await move.remote(stack);
    const present = await remote.read();
    if (!present) await remote.create(local.text);
    // Written already, by a run that was interrupted, or nothing has changed it.
    else if (difference(local.snapshot, present, 'newer') === undefined) return;
    else if (present.lineage !== local.snapshot.lineage || present.serial > local.snapshot.serial) {
      throw new Refusal(`there is another state of '${stack}' (${describe(present)}) where this one shall go (${describe(local.snapshot)}); nothing was written, the local one is kept`, 'see docs/state/move.md');
    } else await remote.push(local.text, true);
    move.say(`${stack}: ${describe(local.snapshot)}`);
  },
});

/** Gives the states free, when the object store is the same one at another address. */
const release = (lockId: string): Step => ({
  name: 'release',
  title: 'let go of the lock, where it came along',
  async run(move) {
    for (const stack of STACKS) {
      const remote = await move.remote(stack);
      if ((await remote.lock())?.id === lockId) await remote.unlock(lockId);
    }
  },
});

/** What the steps of a move share. */
export interface Move extends Pick<ApplyOptions, 'permission' | 'confirm'> {
  readonly origin: Origin;
  /** Id of the locks that it takes. */
  readonly lockId: string;
}

/**
 * The way of the state from one place to another. It goes the way of a bootstrap, from a local state: while the guest
 * of the object store gets its new address, Terraform has no other place to write to.
 */
export function moveSteps(site: Pick<Site, 'kind'>, { origin, lockId, ...options }: Move): Step[] {
  return [take(origin), apply(options), install(site), configure, ...STACKS.map(give), verify('newer'), keepCopies, removeLocal('newer'), release(lockId)];
}
