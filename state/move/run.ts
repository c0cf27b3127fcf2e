import { randomUUID } from 'node:crypto';

import { Refusal } from '../../common/refusal';
import { Bootstrap } from '../bootstrap/bootstrap';
import { Journal } from '../bootstrap/journal';
import { runSteps } from '../bootstrap/run-steps';
import { waitForOrphan } from '../child';
import { requireKnownLineage } from '../copies/newest';
import { exclusively, HOUSE } from '../../common/exclusive';
import type { ApplyOptions } from '../guarded-apply';
import type { ObjectStoreEngine } from '../object-store';
import { ForeignState, readOwnState } from '../own-state';
import { readStoreFacts, s3Block, STACKS, type Site } from '../site';
import { describe, parseSnapshot } from '../snapshot';
import { Origin } from './origin';
import { moveSteps, type Move } from './steps';

/** Whether the state is at its new place already. */
async function isThere({ site, access, say }: Bootstrap): Promise<boolean> {
  let text;
  try {
    text = await readOwnState(site, 'foundation', access.store(access.key()));
  } catch (error) {
    // Nothing answers there yet, or it knows neither the bucket nor the key.
    if (error instanceof Refusal && !(error instanceof ForeignState)) return false;
    throw error;
  }
  const present = parseSnapshot(text, "the object store, stack 'foundation'");
  if (!present) return false;
  requireKnownLineage(site, 'foundation', present, say);
  say(`the state of foundation is at ${s3Block(site, 'foundation').endpoints.s3} already: ${describe(present)}; drop 'state.formerly' from the definition`);
  return true;
}

/** What is gone through, and where from; an interrupted move goes on from where it began, whatever the definition says now. */
function prepare(context: Bootstrap, journal: Journal, options: Pick<ApplyOptions, 'permission' | 'confirm'>): Move {
  const declared = readStoreFacts(context.site).formerly;
  if (!declared && !journal.exists()) {
    throw new Refusal('the definition does not say that the state moves; nothing was run', "say where it was: state.formerly, see docs/state/move.md");
  }
  if (journal.noted('lock') === undefined) {
    journal.note('origin', JSON.stringify(declared));
    journal.note('lock', randomUUID());
  }
  const place = JSON.parse(journal.noted('origin')!) as NonNullable<typeof declared>;
  const lockId = journal.noted('lock')!;
  return { ...options, lockId, origin: new Origin(context, place, lockId) };
}

/** A move that took nothing yet did not begin: everything is as it was before it. */
async function forget({ origin }: Move, journal: Journal, say: (line: string) => void): Promise<void> {
  for (const stack of STACKS) {
    await origin.unlock(stack).catch((error: unknown) => {
      if (!(error instanceof Refusal)) throw error;
      say(`${stack}: ${error.problem}`);
    });
  }
  journal.remove();
}

/** The steps, for a person. */
export function titles(site: Pick<Site, 'kind'>, context: Bootstrap): string[] {
  const nowhere = { endpoint: '', bucket: '' };
  return moveSteps(site, { origin: new Origin(context, nowhere, ''), lockId: '' }).map(({ title }) => title);
}

/**
 * Brings the state from where it was to where the definition keeps it, through a local state. Killed at any moment and
 * run again, it goes on where it was.
 * @throws Refusal when a step cannot be done; nothing of the state is lost by then
 */
export function moveState(site: Site, engine: ObjectStoreEngine, say: (line: string) => void, options: Pick<ApplyOptions, 'permission' | 'confirm'>): Promise<void> {
  return exclusively(site, HOUSE, async () => {
    const journal = new Journal(site, 'move');
    const context = new Bootstrap(site, engine, say);
    for (const stack of STACKS) s3Block(site, stack);
    context.access.requireAll();
    if (journal.exists()) say('an earlier run was interrupted, going on with it');
    else if (readStoreFacts(site).formerly && (await isThere(context))) return;
    await waitForOrphan(site, say);
    const prepared = prepare(context, journal, options);
    await runSteps(context, journal, moveSteps(site, prepared)).catch(async (error: unknown) => {
      if (error instanceof Refusal && !journal.has('take')) await forget(prepared, journal, say);
      throw error;
    });
    journal.remove();
    say(`the state is at ${s3Block(site, 'foundation').endpoints.s3}, and only there; drop 'state.formerly' from the definition, then: ./house state apply services`);
  });
}
