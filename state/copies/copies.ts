import { Refusal } from '../../common/refusal';
import type { RemoteState } from '../remote';
import type { Site, StackName } from '../site';
import { describe, parseSnapshot, type Snapshot } from '../snapshot';
import { decryptText, encryptText } from './encryption';
import { copyPlaces, type CopyPlace } from './place';

const SERIAL_DIGITS = 8;
const NAME = /^(?<stack>[a-z]+)\.(?<lineage>[0-9a-f-]+)\.(?<serial>\d{8})\.tfstate\.age$/;

/** A copy of a state, outside the object store. */
export interface StateCopy {
  readonly file: string;
  readonly lineage: string;
  readonly serial: number;
  readonly place: CopyPlace;
}

function copyName(stack: StackName, { lineage, serial }: Snapshot): string {
  return `${stack}.${lineage}.${String(serial).padStart(SERIAL_DIGITS, '0')}.tfstate.age`;
}

/** Copies of a stack's state in one place, in the order of their serials. */
function copiesIn(place: CopyPlace, stack: StackName): StateCopy[] {
  const copies = place.list().flatMap((file) => {
    const parts = NAME.exec(file)?.groups;
    return parts?.stack === stack ? [{ file, lineage: parts.lineage!, serial: Number(parts.serial), place }] : [];
  });
  return copies.sort((a, b) => a.serial - b.serial);
}

/** All copies of a stack's state. A place that cannot be reached is named, and its copies are left out. */
export function listCopies(site: Site, stack: StackName, say: (line: string) => void): StateCopy[] {
  return copyPlaces(site).flatMap((place) => {
    try {
      return copiesIn(place, stack);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      say(error.message);
      return [];
    }
  });
}

/** The state in a copy, decrypted in memory and checked against its name. */
export function openCopy(site: Site, { file, lineage, serial, place }: StateCopy): string {
  const text = decryptText(site.secrets, place.read(file), file);
  const snapshot = parseSnapshot(text, file);
  if (snapshot?.lineage !== lineage || snapshot.serial !== serial) throw new Refusal(`'${file}' holds another state than its name says: ${snapshot ? describe(snapshot) : 'none'}`);
  return text;
}

/**
 * Copies a remote state to every place that has no copy of this version yet, and opens each copy again.
 * @throws Refusal naming the places that could not take it, after the others did
 */
export async function copyState(site: Site, remote: RemoteState, say: (line: string) => void): Promise<void> {
  const text = await remote.pull();
  const snapshot = parseSnapshot(text, `the object store, stack '${remote.stack}'`);
  if (!snapshot) return say(`${remote.stack} has no state yet, there is nothing to copy`);
  const file = copyName(remote.stack, snapshot);
  const failures: string[] = [];
  for (const place of copyPlaces(site)) {
    try {
      const known = place.list().includes(file);
      if (!known) place.write(file, encryptText(site.secrets, text));
      openCopy(site, { file, lineage: snapshot.lineage, serial: snapshot.serial, place });
      say(`${remote.stack}, serial ${snapshot.serial}: ${known ? 'is already in' : 'copied, encrypted, to'} ${place.name}`);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      failures.push(error.message);
    }
  }
  if (failures.length) throw new Refusal(`the state of '${remote.stack}' was not copied everywhere:\n  ${failures.join('\n  ')}`);
}
