/** Every place of a value, as the keys that lead to it. */
export function places(value: unknown, path: readonly string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [[...path]];
  return [[...path], ...Object.entries(value).flatMap(([key, inner]) => places(inner, [...path, key]))];
}

/** What stands at a place. */
export function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, key) => (inner as Record<string, unknown>)[key], value);
}

/** A copy with another value, or another field, at one place. */
export function put(value: unknown, [key, ...rest]: readonly string[], fresh: unknown): unknown {
  if (key === undefined) return fresh;
  if (Array.isArray(value)) return value.map((item, index) => (String(index) === key ? put(item, rest, fresh) : item));
  return { ...(value as object), [key]: put((value as Record<string, unknown>)[key], rest, fresh) };
}
