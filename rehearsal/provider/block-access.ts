import { Unknown, type ObjectValue, type Value } from '../protocol/value';

/** The blocks of a name, none when it is absent. */
export function blocksOf(owner: ObjectValue | null | undefined, name: string): ObjectValue[] {
  const value = owner?.[name];
  return Array.isArray(value) ? (value as ObjectValue[]) : [];
}

/** The single block of a name, or null. */
export const blockOf = (owner: ObjectValue | null | undefined, name: string): ObjectValue | null =>
  blocksOf(owner, name)[0] ?? null;

const known = (owner: ObjectValue | null | undefined, name: string): Value => {
  const value = owner?.[name] ?? null;
  return value instanceof Unknown ? null : value;
};

/** A text, or the fallback when it is null or unknown. */
export const textOf = (owner: ObjectValue | null | undefined, name: string, fallback = ''): string =>
  (known(owner, name) as string | null) ?? fallback;

/** A number, or the fallback when it is null or unknown. */
export const numberOf = (owner: ObjectValue | null | undefined, name: string, fallback = 0): number =>
  (known(owner, name) as number | null) ?? fallback;

/** A flag, or the fallback when it is null or unknown. */
export const flagOf = (owner: ObjectValue | null | undefined, name: string, fallback = false): boolean =>
  (known(owner, name) as boolean | null) ?? fallback;

/** A list of texts, empty when it is null or unknown. */
export const textsOf = (owner: ObjectValue | null | undefined, name: string): string[] =>
  (known(owner, name) as string[] | null) ?? [];
