import { createHash } from 'node:crypto';

import { Refusal } from '../../common/refusal';
import type { RemoteState } from '../remote';
import type { Site, StackName } from '../site';
import { describe, difference, parseSnapshot, type Snapshot } from '../snapshot';
import { decryptText, encryptText } from './encryption';
import { copyPlaces, type CopyPlace } from './place';

const SERIAL_DIGITS = 8;
const NAME = /^(?<stack>[a-z]+)\.(?<lineage>[0-9a-f-]+)\.(?<serial>\d{8})(?:\.(?<hash>[0-9a-f]{8}))?\.tfstate\.age$/;

/** A copy of a state, outside the object store. */
export interface StateCopy {
  readonly file: string;
  readonly lineage: string;
  readonly serial: number;
  readonly place: CopyPlace;
}

/** @param hash of the content, where another content already has this serial */
function copyName(stack: StackName, { lineage, serial }: Snapshot, hash?: string): string {
  return [stack, lineage, String(serial).padStart(SERIAL_DIGITS, '0'), ...(hash ? [hash] : []), 'tfstate', 'age'].join('.');
}

/** Short name of what a state says, the same however it is written. */
function hashOf({ resources, outputs }: Snapshot): string {
  return createHash('sha256').update(JSON.stringify([resources, outputs])).digest('hex').slice(0, 8);
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

/** A state that is to be copied. */
interface Copied {
  readonly stack: StackName;
  readonly text: string;
  readonly snapshot: Snapshot;
}

/** What the copies of a place with this lineage and serial hold; one that cannot be opened is told. */
function namesakes(site: Site, place: CopyPlace, { stack, snapshot }: Copied, say: (line: string) => void): ('same' | 'other' | 'unreadable')[] {
  const copies = copiesIn(place, stack).filter(({ lineage, serial }) => lineage === snapshot.lineage && serial === snapshot.serial);
  return copies.map((copy) => {
    try {
      return difference(snapshot, parseSnapshot(openCopy(site, copy), copy.file)) === undefined ? 'same' : 'other';
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      say(`WARNING: ${error.message}; it is left as it is`);
      return 'unreadable';
    }
  });
}

/** Copies a state to one place, and opens the copy again. A serial alone is no identity: after a rollback it counts again. */
function copyTo(site: Site, place: CopyPlace, copied: Copied, say: (line: string) => void): void {
  const { stack, text, snapshot } = copied;
  const known = namesakes(site, place, copied, say);
  if (known.includes('same')) return say(`${stack}, serial ${snapshot.serial}: is already in ${place.name}`);
  const file = copyName(stack, snapshot, known.length > 0 ? hashOf(snapshot) : undefined);
  place.write(file, encryptText(site.secrets, text));
  openCopy(site, { file, lineage: snapshot.lineage, serial: snapshot.serial, place });
  say(`${stack}, serial ${snapshot.serial}: copied, encrypted, to ${place.name}`);
  if (known.includes('other')) say(`WARNING: another state of '${stack}' with serial ${snapshot.serial} is in ${place.name}; both are kept, this one as ${file}. Was guest 105 rolled back? See docs/state/rolled-back.md`);
}

/**
 * Copies a remote state to every place that has no copy of it yet, and opens each copy again.
 * @throws Refusal naming the places that could not take it, after the others did
 */
export async function copyState(site: Site, remote: Pick<RemoteState, 'stack' | 'pull'>, say: (line: string) => void): Promise<void> {
  const text = await remote.pull();
  const snapshot = parseSnapshot(text, `the object store, stack '${remote.stack}'`);
  if (!snapshot) return say(`${remote.stack} has no state yet, there is nothing to copy`);
  const failures: string[] = [];
  for (const place of copyPlaces(site)) {
    try {
      copyTo(site, place, { stack: remote.stack, text, snapshot }, say);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      failures.push(error.message);
    }
  }
  if (failures.length) throw new Refusal(`the state of '${remote.stack}' was not copied everywhere:\n  ${failures.join('\n  ')}`);
}
