/** A part of a document: what opens it, its items, what closes it. */
export interface Part {
  readonly opening: string;
  /** One line or more each; whole ones are left out when there is no room. */
  readonly items: readonly string[];
  readonly closing: string;
  /** What an item is called when some are left out, such as `services`. */
  readonly noun: string;
}

/** Room in bytes for the words that say what was left out. */
const ROOM_FOR_REST = 160;

/**
 * Joins parts into a text that is never longer than allowed. Earlier parts go first; items are left out whole, so that
 * no table, fence or tag is cut in two, and a line says how many.
 * @param limitBytes longest text in bytes of UTF-8
 */
export function fit(parts: readonly Part[], limitBytes: number): string {
  const texts: string[] = [];
  let left = limitBytes;
  const frames = parts.map(({ opening, closing }) => bytes(opening) + bytes(closing) + ROOM_FOR_REST);
  let reserved = frames.reduce((sum, frame) => sum + frame, 0);
  for (const [index, part] of parts.entries()) {
    reserved -= frames[index];
    const taken: string[] = [];
    let room = left - frames[index] - reserved;
    for (const item of part.items) {
      room -= bytes(item) + 1;
      if (room < 0) break;
      taken.push(item);
    }
    const cut = part.items.length - taken.length;
    const rest = cut > 0 ? `\n\n_${cut} of ${part.items.length} ${part.noun} left out: the document would be too long._` : '';
    const text = `${part.opening}${taken.join('\n')}${part.closing}${rest}\n\n`;
    texts.push(text);
    left -= bytes(text);
  }
  return `${texts.join('').trimEnd()}\n`;
}

const bytes = (text: string): number => Buffer.byteLength(text);
