import type { PlanJson } from './plan-json';

/** Takes values out of a text. */
export type Veil = (text: string) => string;

/** Shorter texts are words of their own when they are a value: elsewhere the same letters are chance. */
const LONG = 8;

/** Of a longer value people are shown the beginning, on one line. */
const SHOWN = 80;

/**
 * What takes every value out of a text that Terraform marks sensitive in a plan, wherever a rule says it: by the marks, not by
 * how a secret looks. An address is left as it is.
 */
export function veilOf({ resource_changes: changes, resource_drift: drift }: PlanJson): Veil {
  const hidden = new Set([...(changes ?? []), ...(drift ?? [])].flatMap(({ change }) => [...marked(change.before, change.before_sensitive), ...marked(change.after, change.after_sensitive)]));
  if (hidden.size === 0) return (text) => text;
  const patterns = [...hidden].flatMap(forms).sort((a, b) => b.length - a.length).map(pattern);
  const all = new RegExp(patterns.join('|'), 'giu');
  return (text) => text.replace(all, '(sensitive)');
}

/** Values below a mark, as texts; what is true, false or nothing gives nothing away. */
function marked(value: unknown, mark: unknown): string[] {
  if (mark === false || mark === undefined || mark === null || value === null || value === undefined || value === '') return [];
  if (typeof value === 'object') return Object.entries(value).flatMap(([key, inner]) => marked(inner, mark === true ? true : (mark as Record<string, unknown>)[key]));
  return mark === true && typeof value !== 'boolean' ? [String(value)] : [];
}

function forms(value: string): string[] {
  const line = value.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
  return [...new Set([value, line, ...(line.length > SHOWN ? [line.slice(0, SHOWN)] : [])])].filter((form) => form !== '');
}

function pattern(value: string): string {
  const text = value.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  if (/^\d+$/.test(value)) return `(?<![\\d.])${text}(?!\\d)`;
  return value.length >= LONG ? `(?<!\\.)${text}` : `(?<![\\p{L}\\d_.])${text}(?![\\p{L}\\d_])`;
}
