import { existsSync, readFileSync } from 'node:fs';

import { Refusal } from '../../common/refusal';
import { ForeignState } from '../own-state';
import { localState, type Site, type StackName } from '../site';
import { describe, difference, parseSnapshot, type Snapshot } from '../snapshot';
import { listCopies, openCopy, type StateCopy } from './copies';

/** Name of a version of a state, as the owner types it to say which one he means. */
export function versionName(snapshot: { readonly lineage: string; readonly serial: number }): string {
  return `${snapshot.lineage.slice(0, 8)}:${snapshot.serial}`;
}

/** Copies of a state's lineage with the highest serial; several when different texts, or places, have it. */
export function newestOf(copies: readonly StateCopy[], lineage: string): StateCopy[] {
  const own = copies.filter((copy) => copy.lineage === lineage);
  const highest = Math.max(...own.map(({ serial }) => serial));
  return own.filter(({ serial }) => serial === highest);
}

/**
 * Says how a state fell behind its copies: guest 105 was rolled back, with the state on its disk.
 * @returns undefined when the state is at least as new as every copy of its lineage
 */
export function behind(site: Site, stack: StackName, present: Snapshot, say: (line: string) => void): string | undefined {
  const newest = newestOf(listCopies(site, stack, say), present.lineage);
  const [first] = newest;
  if (!first || first.serial < present.serial) return undefined;
  const remedy = [
    'Somebody rolled the object store back. Read docs/state/rolled-back.md, then type one of:',
    `  ./house state restore ${stack} --copy ${first.file} --replace ${versionName(present)}`,
    `  ./house state keep ${stack} ${versionName(present)}`,
  ].join('\n');
  if (first.serial > present.serial) return `the state of '${stack}' in the object store (${describe(present)}) is older than its copy ${first.file} in ${first.place.name}.\n${remedy}`;
  const found = newest.map((copy) => compare(site, copy, present));
  // A copy that cannot be opened says nothing about the store.
  if (found.includes('same') || !found.includes('other')) return undefined;
  return `the state of '${stack}' in the object store (${describe(present)}) is another one than its copy of the same serial, ${first.file} in ${first.place.name}.\n${remedy}`;
}

/**
 * Refuses a state that nobody of this house began: there are copies, and none of them nor a local state is of its lineage.
 * @throws ForeignState with the ways on
 */
export function requireKnownLineage(site: Site, stack: StackName, present: Snapshot, say: (line: string) => void): void {
  const copies = listCopies(site, stack, say);
  if (copies.length === 0 || copies.some(({ lineage }) => lineage === present.lineage)) return;
  // A bootstrap that was cut off has written its state and made no copy of it yet.
  const local = localState(site, stack);
  if (existsSync(local) && parseSnapshot(readFileSync(local, 'utf8'), local)?.lineage === present.lineage) return;
  const remedy = ['read docs/state/foreign-state.md; if you began this state yourself, say so:', `    ./house state keep ${stack} ${versionName(present)}`].join('\n');
  throw new ForeignState(`the state of '${stack}' in the object store (${describe(present)}) is of a lineage that none of its ${copies.length} copies has; Terraform was not run`, remedy);
}

/**
 * Refuses to begin a state anew beside copies of the one that was: the object store is an empty one, or another.
 * @throws Refusal with the ways on
 */
export function requireNoneLost(site: Site, stack: StackName, say: (line: string) => void): void {
  const copies = listCopies(site, stack, say);
  if (copies.length === 0) return;
  const remedy = `has the object store another address or bucket? See docs/state/move.md. Else put the copy back: ./house state restore ${stack}`;
  throw new Refusal(`there is no state of '${stack}' in the object store, and ${copies.length} copies of one: everything that they name would be made again; Terraform was not run`, remedy);
}

/** Whether a copy holds this very state. */
function compare(site: Site, copy: StateCopy, present: Snapshot): 'same' | 'other' | 'unreadable' {
  try {
    return difference(present, parseSnapshot(openCopy(site, copy), copy.file)) === undefined ? 'same' : 'other';
  } catch (error) {
    if (error instanceof Refusal) return 'unreadable';
    throw error;
  }
}

/** @throws Refusal when a state fell behind its copies, which says by `consequence` what was not done then */
export function requireNewest(site: Site, stack: StackName, present: Snapshot, say: (line: string) => void, consequence: string): void {
  const problem = behind(site, stack, present, say);
  if (problem) throw new Refusal(`${problem}\n${consequence}`);
}

/**
 * The copy that a restore takes when none was named.
 * @throws Refusal listing the copies when there is none, or more than one that could be meant
 */
export function onlyNewest(copies: readonly StateCopy[], stack: StackName): StateCopy {
  const lineages = [...new Set(copies.map(({ lineage }) => lineage))];
  if (lineages.length === 0) throw new Refusal(`there is no copy of the state of '${stack}'`);
  const newest = lineages.flatMap((lineage) => newestOf(copies, lineage));
  const files = [...new Set(newest.map(({ file }) => file))];
  if (files.length === 1) return newest[0]!;
  const why = lineages.length > 1 ? `of ${lineages.length} lineages: a house that was begun anew, and the one before it` : 'with one serial and different contents: the object store was rolled back';
  throw new Refusal(`there are copies of the state of '${stack}' ${why}; nothing was changed.\nName the one that is meant:\n${files.map((file) => `  --copy ${file}`).join('\n')}`);
}
