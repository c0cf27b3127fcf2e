import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { Refusal } from '../common/refusal';
import { replaceFile } from '../common/replace-file';
import { checkHomelab, formatProblem, type AdoptedGuestProps, type HomelabProps, type KnownGuestProps } from '../constructs';
import { renderAdopted, renderAdoptedIndex } from './adopted-file';
import { asAdopted } from './adopted-guest';
import type { FoundGuest, FoundHouse } from './house';
import { knownGuests, renderKnown } from './known-file';
import { namesOf } from './name';
import { proposalLines } from './proposal';

/** Where guests that no service is are written. */
export const KNOWN_FILE = 'homelab/known.ts';
const INDEX = 'homelab/adopted.ts';

/** Files that a house shall have, and who could not be adopted although that was asked for all. */
export interface Written {
  readonly files: ReadonlyMap<string, string>;
  readonly known: readonly KnownGuestProps[];
  readonly adopted: readonly AdoptedGuestProps[];
  /** Lines for a person. */
  readonly told: readonly string[];
}

/**
 * What the definition of a house becomes by what was found. Guests that stand in it already stay as they are written.
 * @param wanted VMIDs to adopt, or `all`
 * @throws Refusal naming every guest that was asked for by its VMID and cannot be adopted
 */
export function definitionOf(found: FoundHouse, house: HomelabProps, wanted: 'all' | readonly number[]): Written {
  const names = namesOf(found.guests, house);
  const present = house.adopted ?? [];
  const strangers = knownGuests(found, { ...house, known: [] }).map(({ vmId }) => vmId);
  const asked = found.guests.filter(({ vmId }) => strangers.includes(vmId) && (wanted === 'all' || wanted.includes(vmId)));
  requireThere(wanted, found, house);
  const looked = asked.map((guest) => ({ guest, ...asAdopted(guest, names.get(guest.vmId)!, house.host.nodeName) }));
  const kept = looked.filter(({ inTheWay }) => inTheWay.length > 0).map(({ guest, inTheWay }) => `${guest.vmId} ${guest.name} stays known: ${inTheWay.join('; ')}`);
  if (wanted !== 'all' && kept.length > 0) throw new Refusal(`not every guest can be adopted; nothing was written\n  ${kept.join('\n  ')}`, 'mend what is said, or leave these known');
  const fresh = looked.filter(({ inTheWay }) => inTheWay.length === 0);
  const adopted = [...present, ...fresh.map(({ props }) => props)];
  const known = knownGuests(found, { ...house, adopted });
  const files = new Map<string, string>(fresh.map(({ guest, props }) => [`homelab/adopted/${props.name}.ts`, renderAdopted(props, notesOf(guest))] as const));
  if (fresh.length > 0) files.set(INDEX, renderAdoptedIndex(adopted.map(({ name }) => name)));
  files.set(KNOWN_FILE, renderKnown(known));
  return { files, known, adopted, told: kept };
}

function requireThere(wanted: 'all' | readonly number[], found: FoundHouse, house: HomelabProps): void {
  if (wanted === 'all') return;
  const missing = wanted.filter((vmId) => !found.guests.some((guest) => guest.vmId === vmId));
  if (missing.length > 0) throw new Refusal(`the host has no guest ${missing.join(', ')}; nothing was written`);
  const services = house.services.filter(({ vmId }) => wanted.includes(vmId));
  if (services.length > 0) throw new Refusal(`${services.map(({ vmId, name }) => `${vmId} is the service '${name}'`).join(', ')}; nothing was written`, 'a service whose guest is there says importExisting: true');
}

const notesOf = (guest: FoundGuest): string[] => [`As it was when ./house adopt read it. What is in leftAlone, nothing of this house ever writes.`, ...proposalLines(guest)];

/**
 * Writes the files; those that say it already are left alone.
 * @param force whether files that were edited are replaced
 * @returns paths of the files that were written
 * @throws Refusal naming the file that was edited and would be overwritten
 */
export function writeFiles(root: string, { files }: Written, house: HomelabProps, force: boolean): string[] {
  const changed = [...files].filter(([path, text]) => textOf(root, path) !== text);
  const edited = changed.filter(([path, text]) => !force && isEdited(root, path, text, house)).map(([path]) => path);
  for (const path of edited) process.stdout.write(`// ${path}\n${files.get(path)!}`);
  if (edited.length > 0) throw new Refusal(`${edited.join(', ')} was written or edited before and says something else; nothing was written`, `compare ${edited.length > 1 ? 'them' : 'it'} with the text above; --replace puts that in ${edited.length > 1 ? 'their' : 'its'} place`);
  // The list of known guests last: one that stands in both lists is refused by synth, one in none is nobody's.
  for (const [path, text] of changed) {
    mkdirSync(join(root, path, '..'), { recursive: true });
    replaceFile(join(root, path), text);
  }
  return changed.map(([path]) => path);
}

const textOf = (root: string, path: string): string | undefined => (existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : undefined);

/** Whether a file holds what its owner would miss: words of his own, or guests that the new text does not have. */
function isEdited(root: string, path: string, text: string, house: HomelabProps): boolean {
  const present = textOf(root, path);
  if (present === undefined) return false;
  if (path === INDEX) return present !== renderAdoptedIndex((house.adopted ?? []).map(({ name }) => name));
  if (path !== KNOWN_FILE) return true;
  const known = house.known ?? [];
  if (present !== renderKnown(known)) return true;
  // Lines that are there as they were, or gone to the adopted ones, are no loss.
  const lines = new Set(text.split('\n'));
  const before = present.split('\n').filter((line) => line.startsWith('  {') && !lines.has(line));
  return before.some((line) => text.includes(line.slice(0, line.indexOf(','))));
}

/** What the rules say of a house with these guests, for a person; empty when it may be synthesized. */
export const problemsWith = (house: HomelabProps, { known, adopted }: Written): string[] => checkHomelab({ ...house, known, adopted }).map(formatProblem);
