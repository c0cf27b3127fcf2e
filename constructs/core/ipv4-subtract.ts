import { networkAddress, type Ipv4Network } from './ipv4';

/** What is left of a network without others, as the fewest networks, in order of their addresses. */
export function subtractNetworks(network: Ipv4Network, without: readonly Ipv4Network[]): Ipv4Network[] {
  const own = { address: networkAddress(network), prefix: network.prefix };
  const holes = without.filter((hole) => overlap(own, hole));
  if (holes.length === 0) return [own];
  if (holes.some((hole) => hole.prefix <= own.prefix)) return [];
  const prefix = own.prefix + 1;
  const halves = [own.address, own.address + 2 ** (32 - prefix)].map((address) => ({ address, prefix }));
  return halves.flatMap((half) => subtractNetworks(half, holes));
}

/** Two networks have an address in common when the wider one holds the other. */
function overlap(left: Ipv4Network, right: Ipv4Network): boolean {
  const prefix = Math.min(left.prefix, right.prefix);
  return networkAddress({ address: left.address, prefix }) === networkAddress({ address: right.address, prefix });
}
