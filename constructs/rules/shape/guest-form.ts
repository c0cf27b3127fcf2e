import { isIpv6 } from '../../core/ipv6';
import { parseCidr } from '../../core/ipv4';
import type { BindProps, CpuProps, DeviceProps, ExtraCardProps, GuestProps, IdMapProps, NetworkProps, StartupProps } from '../../service/guest-props';
import type { ClonedVmProps, ImageVmProps, VmDiskProps } from '../../service/vm-props';
import { fits, flag, isObject, list, matching, oneOf, optional, positive, record, text, whole, type Fields, type Form } from './form';
import { datasetName, image, interfaceName, storageId } from './site-form';

const macAddress = matching(/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/, 'six lower-case hex pairs with colons');
const cidr = fits('an IPv4 address in CIDR form, e.g. 10.0.20.1/24', (value) => typeof value === 'string' && parseCidr(value) !== undefined);
const cidrOrDhcp = fits("an IPv4 address in CIDR form, or 'dhcp'", (value) => value === 'dhcp' || (typeof value === 'string' && parseCidr(value) !== undefined));
const ipv6Cidr = fits('an IPv6 address in CIDR form, e.g. fd00:10::20/64', (value) => {
  const [address, prefix] = typeof value === 'string' ? value.split('/') : [];
  return isIpv6(address) && /^\d{1,3}$/.test(prefix ?? '') && Number(prefix) <= 128;
});
const ipv6Address = fits('an IPv6 address', (value) => isIpv6(value));
const fixedIpv6 = record('IPv6: { address, gateway }, auto or dhcp', { address: ipv6Cidr, gateway: optional(ipv6Address) });
const ipv6: Form = (value, at) => (value === 'auto' || value === 'dhcp' ? [] : fixedIpv6(value, at));

const card = {
  bridge: optional(interfaceName),
  vlan: optional(whole(1, 4094)),
  mtu: optional(whole(576, 65_520)),
  rateMBps: optional(positive(10_240)),
  ipv6: optional(ipv6),
};
const network = record<NetworkProps>('the first network card: { bridge, vlan, … }', { ...card, gateway: optional(cidr), dhcp: optional(flag) });
const extraCard = record<ExtraCardProps>('one more network card: { bridge, address, … }', { ...card, address: optional(cidrOrDhcp), macAddress: optional(macAddress) });

const startup = record<StartupProps>('its place in the start order: { order, upDelaySec, downDelaySec }', {
  order: optional(whole(1, 9999)),
  upDelaySec: optional(whole(0, 86_400)),
  downDelaySec: optional(whole(0, 86_400)),
});

const cpu = record<CpuProps>('its share of the processor: { limit, units }', { limit: optional(positive(128)), units: optional(whole(1, 10_000)) });

const device = record<DeviceProps>('a device: { path, mode, uid, gid }', {
  path: matching(/^\/dev(?!.*\/\.\.?(\/|$))(\/[A-Za-z0-9._:+-]+)+$/, 'a device node below /dev'),
  mode: optional(matching(/^0[0-7]{3}$/, 'access rights of four octal digits, e.g. 0660')),
  uid: optional(whole(0, 65_535)),
  gid: optional(whole(0, 65_535)),
});

const path = matching(/^(?!.*\/\.\.?(\/|$))(\/[A-Za-z0-9._-]+)+$/, 'an absolute path');
const options = { path, readOnly: optional(flag) };
const ofDataset = record('a dataset to be bound: { dataset, path, readOnly }', { ...options, dataset: datasetName });
const ofService = record('a volume to be bound: { service, volume, path, readOnly }', { ...options, service: text, volume: text });
const ofHost = record('a folder of the host to be bound: { hostPath, path, readOnly }', { ...options, hostPath: path });
const bind: Form = (value: unknown, at) => (isObject(value) && 'dataset' in value ? ofDataset : isObject(value) && 'hostPath' in value ? ofHost : ofService)(value as BindProps, at);

const idMap = record<IdMapProps>('an exception of ids: { of, inside, onHost, count }', {
  of: oneOf('user', 'group', 'both'),
  inside: whole(1, 65_535),
  onHost: whole(1, 4_294_967_294),
  count: optional(whole(1, 65_535)),
});

const mapping = matching(/^[A-Za-z][A-Za-z0-9_-]*$/, 'the name of a mapping of Proxmox VE');
const hardware = {
  cpuType: optional(matching(/^[A-Za-z][A-Za-z0-9._-]{0,39}$/, 'a processor as QEMU names it, e.g. x86-64-v3 or host')),
  balloonMiB: optional(whole(64)),
  uefi: optional(flag),
  tpm: optional(flag),
  pci: optional(list(mapping)),
  usb: optional(list(mapping)),
  disks: optional(list(record<VmDiskProps>('a disk: { sizeGiB, storage }', { sizeGiB: whole(1), storage: optional(storageId) }))),
};
const cloned = record<ClonedVmProps>("a clone: { from: 'template', … }", { ...hardware, from: oneOf('template'), linked: optional(flag) });
const booted = record<ImageVmProps>('a machine of its own image: { from: image, … }', { ...hardware, from: image, agent: optional(flag) });
const vm: Form = (value, at) => (isObject(value) && isObject(value['from']) ? booted : cloned)(value, at);

/** Fields of a service that say what its guest is on Proxmox VE. */
export const guestFields: Fields<GuestProps> = {
  vm: optional(vm),
  pool: optional(matching(/^[A-Za-z][A-Za-z0-9._-]{0,39}$/, 'the name of a resource pool: a letter, then letters, digits and . _ -')),
  startup: optional(startup),
  network: optional(network),
  extraCards: optional(list(extraCard)),
  cpu: optional(cpu),
  rootStorage: optional(storageId),
  image: optional(image),
  features: optional(list(oneOf('fuse', 'keyctl', 'mknod'))),
  devices: optional(list(device)),
  binds: optional(list(bind)),
  idMap: optional(list(idMap)),
};
