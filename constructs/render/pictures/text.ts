/**
 * Advance widths in em, rounded up from DejaVu Sans: the widest of the usual sans-serif defaults,
 * so a text that fits by this estimate fits in a narrower font too.
 */
const WIDTHS_EM: readonly (readonly [characters: string, em: number])[] = [
  [" ',.ijlI·", 0.33],
  ['/:;\\|f-J', 0.37],
  ['()[]t!r', 0.41],
  ['"*_`szc?', 0.54],
  ['LFkvxyPTYaoe', 0.62],
  ['ESbdghnpqu$0123456789{}K', 0.65],
  ['AVBRXZCU', 0.73],
  ['HNDG&OQ', 0.79],
  ['w#+<=>^~M', 0.86],
  ['%m@W…', 1],
];
/** Letters of the Latin alphabets beyond ASCII are rarely wider than this. */
const LATIN_EM = 0.85;
/** Everything else: CJK and emoji fill a square, some Cyrillic letters a little more. */
const OTHER_EM = 1.1;
const BOLD_FACTOR = 1.16;
const ELLIPSIS = '…';
/** So that a text fits into exactly its own estimated width. */
const ROUNDING_EM = 1e-6;

const widthByCharacter = new Map(
  WIDTHS_EM.flatMap(([characters, em]) => [...characters].map((character) => [character, em] as const)),
);

/** How a text is set. */
export interface TextStyle {
  /** Type size in px. */
  readonly size: number;
  readonly bold?: boolean;
}

/**
 * Estimated width of one line in px. Never measured with a real font, because the result must be the same on every machine.
 */
export function textWidth(text: string, style: TextStyle): number {
  let em = 0;
  for (const character of text) em += characterWidth(character);
  return em * style.size * (style.bold ? BOLD_FACTOR : 1);
}

/**
 * The text on one line if it fits into `width` px, else its beginning with an ellipsis; empty when not even that fits.
 * White space, line breaks included, becomes single spaces, and what XML cannot carry becomes U+FFFD.
 */
export function fitText(text: string, width: number, style: TextStyle): string {
  const line = toXmlText(text).replace(/\s+/g, ' ').trim();
  const em = width / (style.size * (style.bold ? BOLD_FACTOR : 1)) + ROUNDING_EM;
  let used = 0;
  let kept = '';
  let keptWithEllipsis = '';
  for (const character of line) {
    used += characterWidth(character);
    if (used > em) return keptWithEllipsis === '' ? '' : keptWithEllipsis.trimEnd() + ELLIPSIS;
    kept += character;
    if (used + characterWidth(ELLIPSIS) <= em) keptWithEllipsis = kept;
  }
  return line;
}

/** Replaces the characters that XML 1.0 forbids even when escaped: most control characters and lone surrogates. */
export function toXmlText(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff\p{Surrogate}]/gu, '\ufffd');
}

function characterWidth(character: string): number {
  return widthByCharacter.get(character) ?? ((character.codePointAt(0) ?? 0) < 0x250 ? LATIN_EM : OTHER_EM);
}
