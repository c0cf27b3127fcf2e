import { formatIpv4, isHostIn, networkAddress, parseCidr, parseIpv4 } from '../../constructs/core/ipv4';

/** What the services of a house have taken. */
export interface Taken {
  readonly vmId: number;
  readonly address: string;
}

/** The first id above all of the house: an id of a service that was removed is not given out again by chance. */
export function freeId(taken: readonly Taken[], others: readonly number[]): number {
  const used = new Set([...taken.map(({ vmId }) => vmId), ...others]);
  let id = Math.max(...taken.map(({ vmId }) => vmId), 99) + 1;
  while (used.has(id)) id += 1;
  return id;
}

/**
 * An address of the host's network that nobody in the house has: above the highest that a service has, then from the top.
 * @param bridge address of the host with its prefix, e.g. `10.20.0.10/16`
 * @param others further addresses that are taken, such as the gateway
 * @returns undefined when the network is full
 */
export function freeAddress(taken: readonly Taken[], bridge: string, others: readonly string[]): string | undefined {
  const network = parseCidr(bridge)!;
  const numbers = (addresses: readonly string[]) => addresses.map(parseIpv4).filter((address) => address !== undefined);
  const ofServices = numbers(taken.map(({ address }) => address)).filter((address) => isHostIn(network, address));
  const used = new Set([...ofServices, ...numbers(others), network.address]);
  const first = networkAddress(network) + 1;
  const isFree = (address: number) => isHostIn(network, address) && !used.has(address);
  // Nothing sure is known of a network without services; its upper end is seldom what a DHCP server hands out first.
  const last = networkAddress({ ...network }) + 2 ** (32 - network.prefix) - 2;
  const highest = ofServices.length > 0 ? Math.max(...ofServices) : Math.max(first, last - 55);
  for (let address = highest + 1; address <= last; address += 1) if (isFree(address)) return formatIpv4(address);
  for (let address = highest; address >= first; address -= 1) if (isFree(address)) return formatIpv4(address);
  return undefined;
}
