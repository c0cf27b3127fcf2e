/**
 * Size in the form that Proxmox VE itself would print: `T` when it divides by 1,024, else `G`.
 * Any other spelling of the same size makes the provider plan a replacement (it compares strings).
 * @param sizeGiB whole GiB, 1 or more
 */
export function canonicalSize(sizeGiB: number): string {
  if (!Number.isInteger(sizeGiB) || sizeGiB < 1) throw new Error(`a size is whole GiB from 1 up, got ${sizeGiB}`);
  return sizeGiB % 1024 === 0 ? `${sizeGiB / 1024}T` : `${sizeGiB}G`;
}

/** Sums a number taken from every item. */
export function sum<T>(items: readonly T[], amount: (item: T) => number): number {
  let total = 0;
  for (const item of items) total += amount(item);
  return total;
}
