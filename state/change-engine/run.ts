import { Access } from '../access';
import { Bootstrap, type Step } from '../bootstrap/bootstrap';
import { install } from '../bootstrap/install';
import { Journal } from '../bootstrap/journal';
import { configure } from '../bootstrap/migrate';
import { runSteps } from '../bootstrap/run-steps';
import { waitForOrphan } from '../child';
import { answeringEngine, engineOf } from '../engines/engine';
import { exclusively, HOUSE } from '../../common/exclusive';
import { requireNoMove } from '../move/under-way';
import type { ObjectStoreEngine } from '../object-store';
import { STACKS, type Site } from '../site';
import { copyBoth, putIn } from './copies';

/** The journal of a change to one engine: who turns round half-way begins another. */
const journalOf = (site: Site, engine: ObjectStoreEngine): Journal => new Journal(site, `change-engine-to-${engine.role}`);

function steps(site: Site, journal: Journal): Step[] {
  return [copyBoth(journal), install(site), configure, ...STACKS.map((stack) => putIn(journal, stack))];
}

/**
 * Brings both states from the engine that answers to the one of the definition, in the same guest. What the first one
 * wrote stays on its volume. Killed at any moment and run again, it goes on where it was.
 * @param dryRun whether it only says what it would do
 * @throws Refusal when a step cannot be done; both states have copies by then, or nothing was changed
 */
export function changeEngine(site: Site, say: (line: string) => void, dryRun: boolean): Promise<void> {
  return exclusively(site, HOUSE, async () => {
    requireNoMove(site);
    const engine = engineOf(site);
    const journal = journalOf(site, engine);
    const context = new Bootstrap(site, engine, say);
    context.access.requireAll();
    if (journal.exists()) say('an earlier run was interrupted, going on with it');
    else if (await isAnswering(site, context.access, engine, say)) return;
    if (dryRun) {
      for (const [index, step] of steps(site, journal).entries()) say(`would [${index + 1}] ${journal.has(step.name) ? `pass over, done before: ${step.title}` : step.title}`);
      return;
    }
    await waitForOrphan(site, say);
    await runSteps(context, journal, steps(site, journal));
    journal.remove();
    say(`the state is kept by ${engine.role}; what the engine before wrote is still on the volume, see docs/state/another-engine.md`);
  });
}

async function isAnswering(site: Site, access: Access, engine: ObjectStoreEngine, say: (line: string) => void): Promise<boolean> {
  const store = access.store(access.key());
  const found = await answeringEngine(store);
  if (found === engine) say(`the definition says ${engine.role}, and that is what answers at ${store.endpoint}: nothing to change`);
  else say(`${found?.role ?? 'an unknown engine'} answers at ${store.endpoint}; the definition says ${engine.role}`);
  return found === engine;
}
