/** What the services of a house have taken. */
export interface Taken {
  readonly vmId: number;
  readonly address: string;
  readonly name: string;
}

/** The first id above all of the house: an id of a service that was removed is not given out again by chance. */
export function freeId(taken: readonly Taken[], others: readonly number[]): number {
  const used = new Set([...taken.map(({ vmId }) => vmId), ...others]);
  let id = Math.max(...taken.map(({ vmId }) => vmId), 99) + 1;
  while (used.has(id)) id += 1;
  return id;
}

/** An address in the /24 of the host that nobody in the house has, from the highest taken upwards, then from the top. */
export function freeAddress(taken: readonly Taken[], others: readonly string[]): string {
  const used = new Set([...taken.map(({ address }) => address), ...others]);
  const network = others[0]!.replace(/\.\d+$/, '');
  const highest = Math.max(...taken.map(({ address }) => Number(address.split('.')[3])), 199);
  const candidates = [...range(highest + 1, 254), ...range(2, highest).reverse()];
  const free = candidates.map((last) => `${network}.${last}`).find((address) => !used.has(address));
  if (!free) throw new Error(`no address of ${network}.0/24 is free; say --address`);
  return free;
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
}
