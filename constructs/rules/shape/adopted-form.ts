import type { AdoptedCardProps, AdoptedDiskProps, AdoptedGuestProps, AdoptedStartProps } from '../../adopted/adopted-props';
import { fits, flag, isObject, list, matching, oneOf, optional, positive, record, text, whole, type Form } from './form';

/** Longest description that Proxmox VE takes, in characters. */
const LONGEST_DESCRIPTION = 8191;

// Terraform's JSON and the provider carry every character; a description made by hand or by a script has many lines.
const description: Form = fits(`text of at most ${LONGEST_DESCRIPTION} characters, without control characters but line ends`, (value) =>
  typeof value === 'string' && value !== '' && value.length <= LONGEST_DESCRIPTION && !/[^\P{Cc}\n\t]/u.test(value) && !/\p{Cs}/u.test(value),
);

const cidr = /^\d{1,3}(\.\d{1,3}){3}\/\d{1,2}$/;
const cidr6 = /^[0-9a-f:.]+\/\d{1,3}$/i;
const either = (words: readonly string[], form: RegExp, expected: string): Form => fits(expected, (value) => typeof value === 'string' && (words.includes(value) || form.test(value)));

const card = record<AdoptedCardProps>('a network card: { name, bridge, macAddress }', {
  name: matching(/^[A-Za-z0-9_.-]{1,15}$/, 'the name of a network card'),
  bridge: matching(/^[A-Za-z0-9_.-]{1,15}$/, 'the name of a bridge'),
  macAddress: matching(/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/, 'the address of a network card, lower case with colons'),
  ipv4: optional(either(['dhcp', 'manual'], cidr, "an IPv4 address with its prefix, 'dhcp' or 'manual'")),
  gateway: optional(matching(/^\d{1,3}(\.\d{1,3}){3}$/, 'an IPv4 address')),
  ipv6: optional(either(['dhcp', 'auto', 'manual'], cidr6, "an IPv6 address with its prefix, 'dhcp', 'auto' or 'manual'")),
  gateway6: optional(matching(/^[0-9a-f:.]+$/i, 'an IPv6 address')),
  vlanTag: optional(whole(1, 4094)),
  mtu: optional(whole(64, 65_535)),
  rateMBps: optional(positive()),
  firewall: optional(flag),
  isDown: optional(flag),
});

const rootDisk = record<AdoptedDiskProps>('a root disk: { storage, sizeGiB }', {
  storage: matching(/^[A-Za-z][A-Za-z0-9_.-]*$/, 'the id of a storage'),
  sizeGiB: whole(1),
  acl: optional(flag),
  quota: optional(flag),
  replicate: optional(flag),
  mountOptions: optional(list(matching(/^[a-z]+$/, 'an option of a mount'))),
});

const start = record<AdoptedStartProps>('when it starts: { order, upDelaySec, downDelaySec }', { order: optional(whole(0)), upDelaySec: optional(whole(0)), downDelaySec: optional(whole(0)) });

/** Proxmox VE's own lines, which nothing reads but people and a comparison. */
const leftAlone: Form = (value, at) =>
  isObject(value)
    ? Object.entries(value).flatMap(([key, lines]) => list(fits('a line of a configuration', (line) => typeof line === 'string' && !/\p{Cc}/u.test(line)))(lines, `${at}.${key}`))
    : [{ at, expected: 'lines by their key', got: value }];

/** One adopted container. */
export const adoptedForm = record<AdoptedGuestProps>('an adopted container', {
  name: matching(/^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/, 'a DNS label, as every name of a service'),
  hostName: optional(matching(/^[A-Za-z0-9]([A-Za-z0-9.-]{0,252}[A-Za-z0-9])?$/, 'a host name')),
  vmId: whole(100, 999_999_999),
  cores: optional(whole(1, 8192)),
  cpuLimit: optional(positive(8192)),
  cpuUnits: optional(whole(0, 500_000)),
  architecture: optional(oneOf('amd64', 'arm64', 'armhf', 'i386')),
  memoryMiB: whole(16),
  swapMiB: optional(whole(0)),
  rootDisk,
  cards: list(card),
  nameservers: optional(list(text)),
  searchDomain: optional(text),
  unprivileged: flag,
  startOnBoot: flag,
  start: optional(start),
  protection: optional(flag),
  tags: optional(list(matching(/^[a-z0-9_][a-z0-9_+.-]*$/, 'a tag of Proxmox VE in lower case'))),
  description: optional(description),
  os: matching(/^[a-z]+$/, 'a family of operating systems'),
  leftAlone: optional(leftAlone),
});
