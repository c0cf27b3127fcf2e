import { Refusal } from '../../common/refusal';
import type { Site, StackName } from '../site';
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
    `  npm run state -- restore ${stack} --copy ${first.file} --replace ${versionName(present)}`,
    `  npm run state -- keep ${stack} ${versionName(present)}`,
  ].join('\n');
  if (first.serial > present.serial) return `the state of '${stack}' in the object store (${describe(present)}) is older than its copy ${first.file} in ${first.place.name}.\n${remedy}`;
  const found = newest.map((copy) => compare(site, copy, present));
  // A copy that cannot be opened says nothing about the store.
  if (found.includes('same') || !found.includes('other')) return undefined;
  return `the state of '${stack}' in the object store (${describe(present)}) is another one than its copy of the same serial, ${first.file} in ${first.place.name}.\n${remedy}`;
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
