import { Refusal } from '../../common/refusal';
import type { Bootstrap, Step } from '../bootstrap/bootstrap';
import type { Journal } from '../bootstrap/journal';
import { copyState, listCopies, openCopy } from '../copies/copies';
import { onlyNewest, requireKnownLineage, requireNewest } from '../copies/newest';
import { describeLock } from '../lock';
import { RemoteState } from '../remote';
import { STACKS, type StackName } from '../site';
import { describe, difference, parseSnapshot } from '../snapshot';

/** A state as the engine that answers now has it; opened anew, since that may be another one than a moment ago. */
const open = ({ site, access }: Bootstrap, stack: StackName): Promise<RemoteState> => RemoteState.open(site, stack, access.store(access.key()));

/** Copies one state out of the engine that is left. @returns its lineage, undefined when there never was a state */
async function copyOut(bootstrap: Bootstrap, stack: StackName): Promise<string | undefined> {
  const { site, say } = bootstrap;
  const remote = await open(bootstrap, stack);
  const lock = await remote.lock();
  if (lock) throw new Refusal(describeLock(stack, lock));
  const present = await remote.read();
  if (!present) {
    const copies = listCopies(site, stack, say);
    if (copies.length === 0) return undefined;
    const { file, lineage } = onlyNewest(copies, stack);
    say(`the object store holds no state of '${stack}'; its copy ${file} is taken`);
    return lineage;
  }
  requireKnownLineage(site, stack, present, say);
  requireNewest(site, stack, present, say, 'Nothing was changed');
  await copyState(site, remote, say);
  return present.lineage;
}

/** Copies both states out, and notes whose they are. */
export const copyBoth = (journal: Journal): Step => ({
  name: 'copy-out',
  title: 'keep encrypted copies of both states outside the object store',
  async run(bootstrap) {
    for (const stack of STACKS) {
      const lineage = await copyOut(bootstrap, stack);
      if (lineage) journal.note(stack, lineage);
    }
  },
});

/**
 * Puts the newest copy of a state into the engine that answers now, and reads it back. An older version of the same state,
 * which an engine still has from earlier days, becomes an earlier version.
 */
export const putIn = (journal: Journal, stack: StackName): Step => ({
  name: `put-${stack}`,
  title: `put the state of ${stack} into the new engine`,
  async run(bootstrap) {
    const { site, say } = bootstrap;
    const lineage = journal.noted(stack);
    if (!lineage) return say(`${stack} has no state yet, there is nothing to put`);
    const copy = onlyNewest(listCopies(site, stack, say).filter((each) => each.lineage === lineage), stack);
    const text = openCopy(site, copy);
    const wanted = parseSnapshot(text, copy.file)!;
    const remote = await open(bootstrap, stack);
    const present = await remote.read();
    if (present && difference(wanted, present, 'newer') !== undefined) {
      if (present.lineage !== lineage || present.serial >= wanted.serial) {
        throw new Refusal(`the new engine holds another state of '${stack}' (${describe(present)}) than the copy ${copy.file}; it is left as it is`, `see docs/state/another-engine.md, "Two states"`);
      }
      await remote.push(text);
    } else if (!present && !(await remote.create(text))) throw new Refusal(`somebody has just written a state of '${stack}'; run again to see it`);
    const now = await remote.read();
    const wrong = difference(wanted, now, 'newer');
    if (wrong) throw new Refusal(`the state of '${stack}' in the new engine is not its copy: ${wrong}; the copy is kept, and so is what the engine before holds`);
    say(`${stack} is now ${describe(now!)}`);
    await copyState(site, remote, say);
  },
});
