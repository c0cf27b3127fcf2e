/** A value that differs, where it is. */
export interface LeafChange {
  /** Such as `databases[n8n].owner`. */
  readonly path: string;
  /** Undefined where there was nothing. */
  readonly before: unknown;
  readonly after: unknown;
}

/** Keys by which a list's objects are told apart, best first. */
const NAMES = ['name', 'vmid', 'id', 'path'] as const;

/** The innermost values in which two trees differ. Objects of a list are matched by name, so that a new one changes no other. */
export function leafChanges(before: unknown, after: unknown, path = ''): LeafChange[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  const [was, is] = [branches(before), branches(after)];
  if (!was || !is) return [{ path, before, after }];
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((key) =>
    leafChanges(was.get(key), is.get(key), /^[[]/.test(key) || path === '' ? `${path}${key}` : `${path}.${key}`),
  );
}

/** A tree's children; null for a leaf. A list of plain values is one leaf: it reads better whole. */
function branches(value: unknown): Map<string, unknown> | null {
  if (typeof value !== 'object' || value === null) return null;
  if (!Array.isArray(value)) return new Map(Object.entries(value));
  const name = NAMES.find((key) => value.every((item) => typeof item === 'object' && item !== null && key in item));
  if (value.length === 0 || name === undefined) return null;
  const keyed = new Map(value.map((item) => [`[${String((item as Record<string, unknown>)[name])}]`, item as unknown]));
  return keyed.size === value.length ? keyed : null;
}

/** A value for people, on one line. */
export function valueText(value: unknown): string {
  if (value === undefined || value === null || value === '') return 'nothing';
  if (typeof value === 'string') return value;
  if (Array.isArray(value) && value.every((item) => typeof item !== 'object')) return value.join(', ') || 'nothing';
  return JSON.stringify(value);
}

/** A changed value in words. */
export function changeText(label: string, { before, after }: Pick<LeafChange, 'before' | 'after'>): string {
  if (before === undefined) return `${label}: new, ${valueText(after)}`;
  if (after === undefined) return `${label}: gone, was ${valueText(before)}`;
  return `${label}: ${valueText(before)} → ${valueText(after)}`;
}
