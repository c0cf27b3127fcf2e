/** An IPv4 network, e.g. of a bridge: the host's own address in it and the prefix length. */
export interface Ipv4Network {
  /** Address as an unsigned 32-bit number. */
  readonly address: number;
  /** Prefix length, 0 to 32. */
  readonly prefix: number;
}

/** Reads a dotted IPv4 address; `undefined` when it is not one. Leading zeros are not accepted. */
export function parseIpv4(text: string): number | undefined {
  const parts = String(text).split('.');
  if (parts.length !== 4) return undefined;
  let value = 0;
  for (const part of parts) {
    if (!/^(0|[1-9]\d{0,2})$/.test(part) || Number(part) > 255) return undefined;
    value = value * 256 + Number(part);
  }
  return value;
}

/** Reads an address in CIDR form such as `192.168.88.10/24`; `undefined` when it is not one. */
export function parseCidr(text: string): Ipv4Network | undefined {
  const [dotted, prefix, rest] = String(text).split('/');
  const address = parseIpv4(dotted);
  if (address === undefined || rest !== undefined || !/^\d{1,2}$/.test(prefix ?? '')) return undefined;
  return Number(prefix) <= 32 ? { address, prefix: Number(prefix) } : undefined;
}

/** Writes a number as a dotted IPv4 address. */
export function formatIpv4(value: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');
}

/** First address of a network, e.g. 192.168.88.0 for 192.168.88.10/24. */
export function networkAddress(network: Ipv4Network): number {
  return network.address - (network.address % sizeOf(network));
}

/** The network in CIDR form with host bits cleared, e.g. `192.168.88.0/24`. */
export function formatNetwork(network: Ipv4Network): string {
  return `${formatIpv4(networkAddress(network))}/${network.prefix}`;
}

/** Whether an address can belong to a machine in the network: inside, and neither network nor broadcast address. */
export function isHostIn(network: Ipv4Network, address: number): boolean {
  const first = networkAddress(network);
  return address > first && address < first + sizeOf(network) - 1;
}

function sizeOf(network: Ipv4Network): number {
  return 2 ** (32 - network.prefix);
}
