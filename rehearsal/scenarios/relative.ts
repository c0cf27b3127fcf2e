/** An amount, or one relative to the definition: `50%` of it, or `+64` beyond it. */
export type Relative = number | string;

const FORM = /^(?:\+(\d+)|(\d+)%)$/;

/** Whether a value is an amount, `+N` or `N%`. */
export const isRelative = (value: unknown): value is Relative =>
  (typeof value === 'number' && Number.isInteger(value) && value >= 0) || (typeof value === 'string' && FORM.test(value));

/** The whole amount that a relative one comes to, rounded up. */
export function amountOf(wanted: Relative, whole: number): number {
  if (typeof wanted === 'number') return wanted;
  const [, more, percent] = FORM.exec(wanted) ?? [];
  return more === undefined ? Math.ceil((whole * Number(percent)) / 100) : whole + Number(more);
}
