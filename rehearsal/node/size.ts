const UNITS = ['', 'K', 'M', 'G', 'T'] as const;

/** PVE's spelling of a size: the largest unit that divides it, such as `20G` or `1T`. */
export function formatSize(bytes: number): string {
  let [amount, unit] = [bytes, 0];
  while (unit < UNITS.length - 1 && amount >= 1024 && amount % 1024 === 0) [amount, unit] = [amount / 1024, unit + 1];
  return `${amount}${UNITS[unit]}`;
}

/**
 * Reads a size: a number without a unit is bytes, as in PVE.
 *
 * @param text - Such as `20G`, `0.5T` or `10240M`; a trailing B is ignored.
 * @returns Bytes, or null when the text is no size.
 */
export function parseSize(text: string): number | null {
  const match = /^(\d+(?:\.\d+)?)\s*([KMGT]?)i?B?$/i.exec(text);
  if (!match) return null;
  const exponent = UNITS.indexOf(match[2].toUpperCase() as (typeof UNITS)[number]);
  return Math.round(Number(match[1]) * 1024 ** exponent);
}

/** Bytes in a GiB. */
export const GIB = 1024 ** 3;
