import { isIPv4 } from 'node:net';
import { Extension, type X509Certificate } from '@peculiar/x509';

/** What an authority may sign for. */
export interface Permitted {
  /** DNS names, each with all that end in it. */
  readonly domains: readonly string[];
  /** IPv4 networks, e.g. `192.168.88.0/24`. */
  readonly networks: readonly string[];
}

/** Object identifier of the extension, RFC 5280 section 4.2.1.10. */
const NAME_CONSTRAINTS = '2.5.29.30';
/** Tags of DER that it is made of. */
const TAG = { sequence: 0x30, permitted: 0xa0, dnsName: 0x82, ipAddress: 0x87 } as const;

function der(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

/** The elements that stand in a row. */
function parts(bytes: Buffer): { readonly tag: number; readonly content: Buffer }[] {
  const found = [];
  for (let at = 0; at < bytes.length; ) {
    const [tag, first] = [bytes[at]!, bytes[at + 1]!];
    const more = first < 0x80 ? 0 : first & 0x7f;
    const length = more === 0 ? first : bytes.readUIntBE(at + 2, more);
    const start = at + 2 + more;
    found.push({ tag, content: bytes.subarray(start, start + length) });
    at = start + length;
  }
  return found;
}

const number = (address: string): number => address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);

/** Address and mask of a network, eight bytes. */
function bytesOf(network: string): Buffer {
  const [address, bits] = network.split('/');
  const mask = 2 ** 32 - 2 ** (32 - Number(bits));
  const bytes = Buffer.alloc(8);
  bytes.writeUInt32BE(number(address!) - (number(address!) % 2 ** (32 - Number(bits))), 0);
  bytes.writeUInt32BE(mask, 4);
  return bytes;
}

/** The critical extension by which every program refuses what the authority signs for anything else. */
export function nameConstraints({ domains, networks }: Permitted): Extension {
  const names = [...domains.map((domain) => der(TAG.dnsName, Buffer.from(domain, 'ascii'))), ...networks.map((network) => der(TAG.ipAddress, bytesOf(network)))];
  const permitted = der(TAG.permitted, Buffer.concat(names.map((name) => der(TAG.sequence, name))));
  return new Extension(NAME_CONSTRAINTS, true, der(TAG.sequence, permitted));
}

/** Hosts that an authority may not sign for; none for an authority without constraints, as they were made before. */
export function outside(authority: X509Certificate, hosts: readonly string[]): readonly string[] {
  const extension = authority.getExtension(NAME_CONSTRAINTS);
  if (!extension) return [];
  const [constraints] = parts(Buffer.from(extension.value));
  const permitted = parts(constraints!.content).find(({ tag }) => tag === TAG.permitted);
  const names = parts(permitted?.content ?? Buffer.alloc(0)).flatMap(({ content }) => parts(content));
  const domains = names.filter(({ tag }) => tag === TAG.dnsName).map(({ content }) => content.toString('ascii'));
  const networks = names.filter(({ tag, content }) => tag === TAG.ipAddress && content.length === 8).map(({ content }) => content);
  const isInside = (host: string) =>
    isIPv4(host)
      ? networks.some((network) => ((number(host) & network.readInt32BE(4)) | 0) === network.readInt32BE(0))
      : domains.some((domain) => host === domain || host.endsWith(`.${domain}`));
  return hosts.filter((host) => !isInside(host));
}
