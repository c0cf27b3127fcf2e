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

/** Whether a value says nothing: the provider cannot tell unset, empty and zero apart. */
export function isUnset(value: unknown): boolean {
  if (value === null || value === undefined || value === '' || value === 0 || value === false) return true;
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === 'object' && Object.values(value).every(isUnset);
}

/** Whether the provider cannot tell two values apart. */
export function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (!isTree(one) || !isTree(other) || Array.isArray(one) !== Array.isArray(other)) return isUnset(one) && isUnset(other);
  if (Array.isArray(one)) return one.length === (other as unknown[]).length && one.every((item, index) => isSame(item, (other as unknown[])[index]));
  const [left, right] = [one, other] as [Attributes, Attributes];
  return Object.keys(left).every((key) => isSame(left[key], own(right, key))) && Object.keys(right).every((key) => Object.hasOwn(left, key) || isUnset(right[key]));
}

const own = (values: Attributes, key: string): unknown => (Object.hasOwn(values, key) ? values[key] : undefined);

/** The innermost paths at which two sets of values differ. */
export function differences(before: unknown, after: unknown, path: Path = []): Path[] {
  if (isSame(before, after)) return [];
  const keys = new Set([...Object.keys(isTree(before) ? before : {}), ...Object.keys(isTree(after) ? after : {})]);
  const isList = Array.isArray(before) || Array.isArray(after);
  const inner = [...keys].flatMap((key) => differences(valueAt(before, [key]), valueAt(after, [key]), [...path, isList ? Number(key) : key]));
  // A list and a map of the same values differ in themselves.
  return inner.length > 0 ? inner : [path];
}

const isTree = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** A path as Terraform writes it, such as `memory[0].dedicated`. */
export const pathText = (path: Path): string =>
  path.map((key, index) => (typeof key === 'number' ? `[${key}]` : index > 0 ? `.${key}` : key)).join('');

/** A value for people, on one line and not longer than one; `nothing` for an unset one. */
export function valueText(value: unknown): string {
  if (value === null || value === undefined || value === '') return 'nothing';
  const text = (typeof value === 'string' ? value : JSON.stringify(value)).replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

const LONGEST = 80;
