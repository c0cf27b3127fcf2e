/** Sums a number taken from every item. */
export function sum<T>(items: readonly T[], amount: (item: T) => number): number {
  let total = 0;
  for (const item of items) total += amount(item);
  return total;
}

/** Share of a ZFS pool above which the owner is warned: a full one gets slow. */
export const poolWarnShare = 0.8;
