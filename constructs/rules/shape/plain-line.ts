/** Longest text of a definition, in characters: Proxmox VE takes 8,192 for a description, and nobody reads a tenth of it. */
export const LONGEST_TEXT = 2000;

/** Text that a tool down the line would read as something else, by what is told of it. */
const hostile: readonly (readonly [RegExp, string])[] = [
  [/[\p{Cc}\p{Zl}\p{Zp}]/u, 'a line break or another control character'],
  // Formatting (with the bidirectional ones), halves of characters, private use, and letters that show nothing.
  [/[\p{Cf}\p{Cs}\p{Co}\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\uffa0]/u, 'an invisible or bidirectional character'],
];

/** Openings of Jinja, Terraform and the shell. */
const interpolation = /\{\{|\{%|\{#|\$\{|%\{|\$\(|`/;

/**
 * What keeps a text from being one plain line.
 * @param free whether openings of Terraform and the shell may stand in it, since they are escaped; Jinja's never may
 * @returns the end of a sentence, or undefined for a plain line
 */
export function notPlain(text: string, free = false): string | undefined {
  if (text.length > LONGEST_TEXT) return `${text.length} characters, at most ${LONGEST_TEXT}`;
  const found = hostile.find(([form]) => form.test(text));
  if (found) return found[1];
  if (free ? /\{\{|\{%|\{#/.test(text) : interpolation.test(text)) return 'the opening of an expression of Jinja, Terraform or the shell';
  return undefined;
}
