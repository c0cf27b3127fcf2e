import { LONGEST_TEXT, notPlain } from './plain-line';

/** A place where a value has not the form that is expected of it. */
export interface Misfit {
  /** Field, with the fields it lies in, e.g. `bridge.gateway`. */
  readonly at: string;
  /** The form, as the end of a sentence that begins with the field. */
  readonly expected: string;
  readonly got: unknown;
  /** @default - to declare or to correct the field */
  readonly remedy?: string;
}

/** The form of a value: tells where a value does not have it. */
export type Form = (value: unknown, at: string) => readonly Misfit[];

/** Anything that a test accepts. */
export function fits(expected: string, accepts: (value: unknown) => boolean): Form {
  return (value, at) => (accepts(value) ? [] : [{ at, expected, got: value }]);
}

/** Text, perhaps empty, in one plain line: no control, bidirectional or invisible characters, nothing a tool interpolates. */
export const string: Form = (value, at) => plainLine(value, at);

/** The same, not empty, without spaces around it: the provider trims them, and every plan would show the difference. */
export const text: Form = (value, at) => filled(value, at);

/** Words for people, which every renderer escapes: openings of Terraform and the shell may stand in them. */
export const prose: Form = (value, at) => filled(value, at, true);

/** A command line for a shell: one line, in which the shell's own expressions may stand. */
export const commandLine: Form = (value, at) => plainLine(value, at, true);

function filled(value: unknown, at: string, free = false): readonly Misfit[] {
  if (typeof value === 'string' && (value === '' || value !== value.trim())) {
    return [{ at, expected: 'text that is not empty, without spaces around it', got: value }];
  }
  return plainLine(value, at, free);
}

function plainLine(value: unknown, at: string, free = false): readonly Misfit[] {
  if (typeof value !== 'string') return [{ at, expected: 'text', got: value }];
  const found = notPlain(value, free);
  return found === undefined ? [] : [{ at, expected: `one plain line of text; this has ${found}`, got: value, remedy: `write '${at}' as one plain line` }];
}

/** `true` or `false`. */
export const flag: Form = fits('true or false', (value) => typeof value === 'boolean');

/** Any number; another rule looks at its size. */
export const number: Form = fits('a number', (value) => typeof value === 'number' && !Number.isNaN(value));

/** Text of a pattern. */
export function matching(pattern: RegExp, expected: string): Form {
  return fits(expected, (value) => typeof value === 'string' && value.length <= LONGEST_TEXT && pattern.test(value));
}

/** One of a few words. */
export function oneOf(...words: readonly string[]): Form {
  return fits(`one of ${words.join(', ')}`, (value) => words.includes(value as string));
}

/** A whole number between two, both included. */
export function whole(least: number, most = Infinity): Form {
  const expected = most === Infinity ? `a whole number from ${least} up` : `a whole number from ${least} to ${most}`;
  return fits(expected, (value) => Number.isInteger(value) && (value as number) >= least && (value as number) <= most);
}

/** A number above zero and no greater than another. */
export function positive(most = Infinity): Form {
  const expected = most === Infinity ? 'a number above 0' : `a number above 0, at most ${most}`;
  return fits(expected, (value) => typeof value === 'number' && value > 0 && value <= most);
}

/** A list whose items have a form. */
export function list(item: Form): Form {
  return (value, at) =>
    Array.isArray(value) ? Array.from(value).flatMap((entry, index) => item(entry, `${at}[${index}]`)) : [{ at, expected: 'a list', got: value }];
}

/** A field that may be left out. */
export function optional(form: Form): Form {
  return (value, at) => (value === undefined ? [] : form(value, at));
}

/** Forms of all fields of a type; the compiler sees to it that none is forgotten. */
export type Fields<T> = { readonly [Name in keyof T]-?: Form };

/** An object with the fields of a type, and with no field that nobody reads. */
export function record<T>(expected: string, fields: Fields<T>): Form {
  const forms = Object.entries(fields) as [string, Form][];
  return (value, at) => {
    if (!isObject(value)) return [{ at, expected, got: value }];
    const within = (name: string): string => (at === '' ? name : `${at}.${name}`);
    return [
      ...forms.flatMap(([name, form]) => form(value[name], within(name))),
      ...Object.keys(value)
        .filter((name) => !Object.hasOwn(fields, name))
        .map((name) => unread(name, within(name), forms)),
    ];
  };
}

/** An object that says by its `kind` which fields it has. */
export function byKind(expected: string, kinds: Readonly<Record<string, Form>>): Form {
  return (value, at) => {
    const kind = isObject(value) ? value['kind'] : undefined;
    const form = typeof kind === 'string' && Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
    return form ? form(value, at) : [{ at, expected, got: value }];
  };
}

/** Tells an object with named fields from other values, among them a Map, a Date and a Promise. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function unread(name: string, at: string, forms: readonly [string, Form][]): Misfit {
  const known = forms.find(([field]) => stem(field) === stem(name))?.[0];
  return { at, expected: 'no field that anybody reads', got: name, remedy: known ? `did you mean '${known}'?` : `remove it; there are ${forms.map(([field]) => field).join(', ')}` };
}

/** A field's name without its unit and in one spelling, so that memoryMb is seen to mean memoryMiB. */
function stem(word: string): string {
  return word.replace(/(_?(MiB|MB|GiB|GB))$/i, '').replaceAll('_', '').toLowerCase();
}
