import type { AdoptedCardProps, AdoptedDiskProps, AdoptedGuestProps } from '../constructs';
import { parseProperties } from './guest-config';
import type { FoundGuest } from './house';

/** A guest as the definition would have it, and why it has to stay known. */
export interface Adoptable {
  readonly props: AdoptedGuestProps;
  /** Empty when nothing keeps it from being adopted. */
  readonly inTheWay: readonly string[];
}

/** Keys that the definition says in its own words; each other one is written down and left alone. */
const SAID = /^(hostname|arch|cores|cpulimit|cpuunits|memory|swap|rootfs|net\d+|tags|onboot|unprivileged|protection|ostype|nameserver|searchdomain|startup|description|digest|template|lock)$/;

/** Settings of a card that the definition says. */
const CARD = new Set(['name', 'bridge', 'hwaddr', 'ip', 'gw', 'ip6', 'gw6', 'tag', 'mtu', 'rate', 'firewall', 'link_down', 'type']);

/** Settings of a root disk that the definition says. */
const DISK = new Set(['', 'volume', 'size', 'acl', 'quota', 'replicate', 'mountoptions']);

/**
 * What a container is, in the words of the definition.
 * @param name its name in the house
 * @param node the node that this house is on
 */
export function asAdopted(guest: FoundGuest, name: string, node: string): Adoptable {
  const { values } = guest.config;
  const one = (key: string) => values.get(key)?.[0];
  const number = (key: string) => (/^\d+(\.\d+)?$/.test(one(key) ?? '') ? Number(one(key)) : undefined);
  const inTheWay: string[] = [];
  const cards = cardsOf(guest, inTheWay);
  const rootDisk = diskOf(one('rootfs') ?? '', inTheWay);
  inTheWay.unshift(...ofTheWhole(guest, node));
  const tags = (one('tags') ?? '').split(/[;,\s]+/).filter(Boolean).sort();
  if (tags.some((tag) => tag !== tag.toLowerCase())) inTheWay.push(`the tags '${tags.join(' ')}' have capitals, which Terraform would change for ever: rename them in Proxmox VE`);
  const description = guest.config.description.replace(/\n+$/, '');
  if (/[^\P{Cc}\n\t]/u.test(description)) inTheWay.push('the description has control characters: write it anew in Proxmox VE');
  const hostName = one('hostname') ?? `CT${guest.vmId}`;
  const left = [...values].filter(([key]) => !SAID.test(key));
  const nameservers = one('nameserver')?.split(/[\s,]+/).filter(Boolean);
  const props: AdoptedGuestProps = {
    name,
    ...(hostName === name ? {} : { hostName }),
    vmId: guest.vmId,
    ...given('cores', number('cores')),
    ...given('cpuLimit', number('cpulimit') || undefined),
    ...given('cpuUnits', number('cpuunits')),
    ...(one('arch') === undefined || one('arch') === 'amd64' ? {} : { architecture: one('arch') as 'arm64' }),
    memoryMiB: guest.memoryMiB,
    ...given('swapMiB', number('swap')),
    rootDisk,
    cards,
    ...(nameservers ? { nameservers } : {}),
    ...given('searchDomain', one('searchdomain')),
    unprivileged: one('unprivileged') === '1',
    startOnBoot: one('onboot') === '1',
    ...startOf(one('startup')),
    ...(one('protection') === '1' ? { protection: true } : {}),
    ...(tags.length > 0 ? { tags } : {}),
    ...(description === '' ? {} : { description }),
    os: one('ostype') ?? 'unmanaged',
    ...(left.length > 0 ? { leftAlone: Object.fromEntries(left) } : {}),
  };
  return { props, inTheWay };
}

/** What keeps any guest from being adopted, whatever its values are. */
function ofTheWhole({ kind, isTemplate, node: own, config }: FoundGuest, node: string): string[] {
  if (kind !== 'container') return ['it is a virtual machine: its import would replace it for its image, clone or EFI disk (bpg/proxmox 0.111.1), so that it stays known'];
  const lock = config.values.get('lock')?.[0];
  return [
    ...(isTemplate ? ['it is a template, which nothing changes: it stays known'] : []),
    ...(own === node ? [] : [`it is on the node '${own}', and this house is on '${node}'`]),
    ...(lock === undefined ? [] : [`it is locked (${lock}): wait until that is over, and read the host again`]),
  ];
}

function given<Key extends string, Value>(key: Key, value: Value | undefined): { readonly [Name in Key]?: Value } {
  return (value === undefined ? {} : { [key]: value }) as { readonly [Name in Key]?: Value };
}

function diskOf(text: string, inTheWay: string[]): AdoptedDiskProps {
  const rootfs = parseProperties(text);
  const storage = (rootfs.get('') ?? rootfs.get('volume') ?? '').split(':')[0]!;
  if (storage === '' || storage.startsWith('/')) inTheWay.push(`its root disk '${text}' lies on no storage of Proxmox VE`);
  const sizeGiB = gibOf(rootfs.get('size') ?? '');
  if (!Number.isInteger(sizeGiB) || sizeGiB < 1) inTheWay.push(`its root disk is ${rootfs.get('size') ?? 'of unknown size'}, and the provider counts whole GiB: grow it to the next one with pct resize`);
  const more = unsaid(rootfs, DISK);
  if (more !== '') inTheWay.push(`its root disk has '${more}', which no definition says`);
  const bit = (key: string) => (rootfs.has(key) ? rootfs.get(key) === '1' : undefined);
  const options = rootfs.get('mountoptions')?.split(';').filter(Boolean);
  return { storage: storage || 'unknown', sizeGiB: Math.max(1, Math.floor(sizeGiB || 1)), ...given('acl', bit('acl')), ...given('quota', bit('quota')), ...given('replicate', bit('replicate')), ...(options ? { mountOptions: options } : {}) };
}

const UNITS: Readonly<Record<string, number>> = { '': 1 / 2 ** 30, K: 1 / 2 ** 20, M: 1 / 2 ** 10, G: 1, T: 2 ** 10 };

function gibOf(size: string): number {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)([KMGT]?)$/.exec(size) ?? [];
  return amount === undefined ? NaN : Number(amount) * UNITS[unit!]!;
}

const unsaid = (properties: ReadonlyMap<string, string>, known: ReadonlySet<string>): string => [...properties].filter(([key]) => !known.has(key)).map((pair) => pair.join('=')).join(',');

function cardsOf(guest: FoundGuest, inTheWay: string[]): AdoptedCardProps[] {
  const found = [...guest.config.values].flatMap(([key, [text]]) => (/^net\d+$/.test(key) ? [{ slot: Number(key.slice(3)), card: parseProperties(text!) }] : []));
  found.sort((left, right) => left.slot - right.slot);
  if (guest.kind === 'container' && found.some(({ slot }, index) => slot !== index)) inTheWay.push('its network cards are not numbered from net0 on without a gap, and the provider would renumber them');
  const cards = found.map(({ slot, card }) => {
    const more = unsaid(card, CARD);
    if (guest.kind === 'container' && more !== '') inTheWay.push(`net${slot} has '${more}', which no definition says`);
    if (guest.kind === 'container' && !(card.has('bridge') && card.has('hwaddr') && card.has('name'))) inTheWay.push(`net${slot} has no name, bridge or MAC address`);
    return cardOf(card);
  });
  const bare = cards.findIndex(({ ipv4, ipv6 }) => ipv4 === undefined && ipv6 === undefined);
  if (bare >= 0 && cards.slice(bare).some(({ ipv4, ipv6 }) => ipv4 ?? ipv6)) inTheWay.push(`net${bare} has no address while a later card has one, and the provider would mix them up: give it ip=manual`);
  return cards;
}

function cardOf(card: ReadonlyMap<string, string>): AdoptedCardProps {
  const number = (key: string) => (/^\d+(\.\d+)?$/.test(card.get(key) ?? '') ? Number(card.get(key)) : undefined);
  return {
    name: card.get('name') ?? '',
    bridge: card.get('bridge') ?? '',
    macAddress: (card.get('hwaddr') ?? '').toLowerCase(),
    ...given('ipv4', card.get('ip')),
    ...given('gateway', card.get('gw')),
    ...given('ipv6', card.get('ip6')),
    ...given('gateway6', card.get('gw6')),
    ...given('vlanTag', number('tag')),
    ...given('mtu', number('mtu')),
    ...given('rateMBps', number('rate')),
    ...(card.get('firewall') === '1' ? { firewall: true } : {}),
    ...(card.get('link_down') === '1' ? { isDown: true } : {}),
  };
}

function startOf(text: string | undefined): Pick<AdoptedGuestProps, 'start'> {
  if (text === undefined) return {};
  const parts = parseProperties(text);
  const number = (key: string) => (/^\d+$/.test(parts.get(key) ?? '') ? Number(parts.get(key)) : undefined);
  return { start: { ...given('order', number('order') ?? number('')), ...given('upDelaySec', number('up')), ...given('downDelaySec', number('down')) } };
}
