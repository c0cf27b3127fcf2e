import { string, type Misfit } from './form';

/** What a name of a setting says of its text: the forms of names, and of what stands under them. */
const typed: readonly { readonly name: RegExp; readonly form: RegExp; readonly what: string }[] = [
  { name: /(^|_)(dir|folder|volume|home|binary|mountpoint|shell|devices?)$/, form: /^(?!.*\/\.\.?(\/|$))(\/[A-Za-z0-9._@:+-]+)+$/, what: 'an absolute path of letters, digits and . _ @ : + -' },
  { name: /(^|_)path$/, form: /^[A-Za-z0-9._~:@+=?&%/-]+$/, what: 'a path without spaces and quotes' },
  { name: /(^|_)(urls?|uri|mirror|registry|endpoint)$/, form: /^[a-z][a-z0-9+.-]*:\/\/[A-Za-z0-9._~:/?@!&()*+,=%-]+$/, what: 'an address with scheme, without spaces and quotes' },
  { name: /(^|_)(address(es)?|hosts?|hostname|networks?|domain|servers?|gateway|ignore|range|ids|from|guests|admins)$/, form: /^[A-Za-z0-9.:,*/_-]+$/, what: 'names, addresses or networks, with commas between them' },
  { name: /(^|_)(user|owner|group|email|version|sha256|fingerprint|id|languages?|backend)$|_name$/, form: /^[A-Za-z0-9_][A-Za-z0-9._@+-]{0,99}$/, what: 'one word of letters, digits and . _ @ + -, at most 100' },
  { name: /(^|_)(size|time|interval)$/, form: /^\d+(\.\d+)?[A-Za-z]*$/, what: 'a number with its unit, e.g. 30s' },
  { name: /(^|_)(file|suite|components?|timezone|zone|repository|datasets?|interfaces?|ports|bridge|units?)$/, form: /^(?!.*\.\.)[A-Za-z0-9_/][A-Za-z0-9._@+:/-]*$/, what: 'one word of letters, digits and . _ @ + : / -' },
  { name: /(^|_)schedule$/, form: /^[A-Za-z0-9*.,:/~-]+( [A-Za-z0-9*.,:/~-]+)*$/, what: 'a calendar event, e.g. 02:30' },
];

/** Marks that files of settings read as their own: quotes, escapes, expressions and comments of one format or another. */
const marks = /['"\\`$;#]|%[(]/;

/**
 * Text of a setting, perhaps empty. It ends in a file of a format that the definition does not know, so it holds no mark of any
 * of them, and where its name says what it is, it is that.
 */
export function settingText(text: string, at: string): readonly Misfit[] {
  const problems = string(text, at);
  if (problems.length > 0 || text === '') return problems;
  const name = at.replace(/(\[\d+\])+$/, '').split('.').at(-1)!;
  const type = typed.find((each) => each.name.test(name));
  if (type) return type.form.test(text) ? [] : [{ at, expected: type.what, got: text }];
  if (!marks.test(text)) return [];
  return [{ at, expected: 'text without quotes, \\ ` $ ; # and %(, which files of settings read as their own', got: text, remedy: `write '${at}' without them, or let its role write a file of its own` }];
}
