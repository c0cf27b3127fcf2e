import type { Change } from './change';
import { UNNAMED } from './kinds';
import { differences } from './values';

/** Values that a change touches, of those that came with an upgrade of the provider and that nobody has named since. */
export function unnamedIn(change: Change, names: readonly string[] = UNNAMED): string[] {
  const own = `${change.type}.`;
  const mine = names.filter((name) => name.startsWith(own)).map((name) => name.slice(own.length));
  if (mine.length === 0) return [];
  const changed = differences(change.before, change.after).map((path) => path.filter((key) => typeof key === 'string').join('.'));
  return mine.filter((name) => changed.some((path) => path === name || path.startsWith(`${name}.`)));
}
