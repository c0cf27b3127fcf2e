import { existsSync, rmSync } from 'node:fs';

import { Refusal } from '../../common/refusal';
import type { Access } from '../access';
import { waitForOrphan } from '../child';
import { copyState } from '../copies/copies';
import { exclusively, HOUSE } from '../../common/exclusive';
import type { ObjectStoreEngine } from '../object-store';
import { ForeignState } from '../own-state';
import { requireNoMove } from '../move/under-way';
import { RemoteState } from '../remote';
import { localState, s3Block, STACKS, type Site } from '../site';
import { describe } from '../snapshot';
import { apply } from './apply';
import { Bootstrap, type Step } from './bootstrap';
import { install } from './install';
import { Journal } from './journal';
import { runSteps } from './run-steps';
import { configure, copy, removeLocal, verify } from './migrate';

/** Copies of both states, outside the object store. */
export const keepCopies: Step = {
  name: 'copies',
  title: 'keep encrypted copies outside the object store',
  async run(bootstrap) {
    for (const stack of STACKS) {
      await copyState(bootstrap.site, await bootstrap.remote(stack), bootstrap.say);
    }
  },
};

/** The way from nothing to a state in the object store. */
export function steps(site: Site): Step[] {
  return [apply(), install(site), configure, ...STACKS.map(copy), verify(), keepCopies, removeLocal()];
}

/** Whether the real object store holds a state of `foundation` already: then there is nothing to bootstrap. */
async function isDone(site: Site, access: Access, say: (line: string) => void): Promise<boolean> {
  let present;
  try {
    present = await (await RemoteState.open(site, 'foundation', access.store(access.key()))).read();
  } catch (error) {
    if (error instanceof Refusal && !(error instanceof ForeignState)) return false;
    throw error;
  }
  if (!present) return false;
  if (existsSync(localState(site, 'foundation'))) {
    throw new Refusal(
      `the object store holds a state of 'foundation' (${describe(present)}), and '${localState(site, 'foundation')}' is another one; nothing was run.\n` +
        'See docs/state/bootstrap.md, "Two states".',
    );
  }
  say(`the object store holds the state of foundation already: ${describe(present)}`);
  return true;
}

/**
 * Brings the state from nothing into the object store. Killed at any moment and run again, it goes on where it was.
 * @throws Refusal when a step cannot be done; nothing of the state is lost by then
 */
export function bootstrap(site: Site, engine: ObjectStoreEngine, say: (line: string) => void): Promise<void> {
  return exclusively(site, HOUSE, async () => {
    requireNoMove(site);
    const journal = new Journal(site);
    const context = new Bootstrap(site, engine, say);
    // Whatever is not there is named before anything is run.
    for (const stack of STACKS) s3Block(site, stack);
    context.access.requireAll();
    if (journal.exists()) say('an earlier run was interrupted, going on with it');
    await waitForOrphan(site, say);
    if (!journal.exists()) {
      if (site.kind === 'rehearsal') forgetRehearsal(site);
      else if (await isDone(site, context.access, say)) return;
    }
    try {
      await runSteps(context, journal, steps(site));
      journal.remove();
      say('the state is in the object store, and only there');
    } finally {
      await context.server?.stop();
    }
  });
}

/** A rehearsal begins with nothing: what the last one left goes, unless it was interrupted. */
function forgetRehearsal(site: Site): void {
  for (const name of ['objects', 'server', 'local', 'remote', 'host', 'copies', ...STACKS.map((stack) => `${stack}.tfstate`)]) {
    rmSync(`${site.base}/${name}`, { recursive: true, force: true });
  }
}
