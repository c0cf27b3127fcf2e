import type { Attributes } from './plan-json';

/** Keys and indexes that lead to a value. */
export type Path = readonly (string | number)[];

/** The objects of a block list. */
export const listOf = (value: unknown): Attributes[] =>
  Array.isArray(value) ? value.filter((item): item is Attributes => typeof item === 'object' && item !== null) : [];

/** The value a path leads to, undefined when there is none. */
export function valueAt(value: unknown, path: Path): unknown {
  let found = value;
  for (const key of path) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, key)) return undefined;
    found = (found as Record<string | number, unknown>)[key];
  }
  return found;
}

/** Whether a mask of Terraform (`after_unknown`, `after_sensitive`) covers a path, itself or as a whole above it. */
export function isMasked(mask: unknown, path: Path): boolean {
  let found = mask;
  for (const key of path) {
    if (found === true) return true;
    found = valueAt(found, [key]);
  }
  return found === true || (typeof found === 'object' && found !== null && Object.values(found).some((inner) => isMasked(inner, [])));
}

/** A text by which two values are equal when the provider cannot tell them apart: unset, empty and zero are one. */
export function canonical(value: unknown): string {
  if (value === null || value === undefined || value === '' || value === 0 || value === false) return '';
  if (Array.isArray(value)) return value.length === 0 ? '' : `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object') return JSON.stringify(value);
  const entries = Object.entries(value)
    .map(([key, item]) => [key, canonical(item)])
    .filter(([, item]) => item !== '')
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.length === 0 ? '' : `{${entries.map(([key, item]) => `${key}:${item}`).join(',')}}`;
}

/** Whether the provider cannot tell two values apart. */
export const isSame = (one: unknown, other: unknown): boolean => one === other || canonical(one) === canonical(other);

/** The innermost paths at which two sets of values differ. */
export function differences(before: unknown, after: unknown, path: Path = []): Path[] {
  if (isSame(before, after)) return [];
  if (!isTree(before) && !isTree(after)) return [path];
  const keys = new Set([...Object.keys(isTree(before) ? before : {}), ...Object.keys(isTree(after) ? after : {})]);
  if (keys.size === 0) return [path];
  const isList = Array.isArray(before) || Array.isArray(after);
  return [...keys].flatMap((key) => differences(valueAt(before, [key]), valueAt(after, [key]), [...path, isList ? Number(key) : key]));
}

const isTree = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** A path as Terraform writes it, such as `memory[0].dedicated`. */
export const pathText = (path: Path): string =>
  path.map((key, index) => (typeof key === 'number' ? `[${key}]` : index > 0 ? `.${key}` : key)).join('');

/** A value for people; nothing for an unset one. */
export const valueText = (value: unknown): string =>
  value === null || value === undefined || value === '' ? 'nothing' : typeof value === 'string' ? value : JSON.stringify(value);
