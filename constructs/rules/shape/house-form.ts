import { parseCidr, parseIpv4 } from '../../core/ipv4';
import type { BudgetProps, FormerStateProps, HomelabProps, KnownGuestProps, RetiredProps, RetiredTemplateProps, StateProps } from '../../homelab-props';
import type { ApiTokenProps, BridgeProps, DiskProps, GpuProps, HostProps, InstallProps, OtherBridgeProps, ProvisioningProps } from '../../host/host-props';
import type { OffHostProps } from '../../storage/off-host-props';
import type { BackupProps, DatasetProps, OtherStorageProps, PoolIntentProps, PoolProps, StorageProps } from '../../storage/storage-props';
import type { TemplateProps } from '../../template/template-props';
import { adoptedForm } from './adopted-form';
import { byKind, fits, flag, list, matching, oneOf, optional, positive, prose, record, text, whole, type Fields, type Form } from './form';
import { hostRoles, type HostSettings } from '../../host/host-settings';
import { cores, settings, version } from './service-form';
import { datasetName, image, interfaceName, storageId } from './site-form';

const label = matching(/^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/, 'a DNS label: lower-case letters, digits and dashes, a letter first');
// Stacks and house lie beside each other in the construct tree.
const houseName = matching(/^(?!(foundation|services|constructor)$)[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/, 'a DNS label, and not the name of a stack or of a part of every object');
const domain = matching(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/, 'a DNS domain in lower case');
const absolutePath = matching(/^(?!.*\/\.\.?(\/|$))(\/[A-Za-z0-9._-]+)+$/, 'an absolute path');
// Device nodes of graphics cards; anything else given to a guest would be the host's own.
const cardNode = matching(/^\/dev\/(nvidia[a-z0-9-]*|dri\/(card|renderD)\d+|kfd)$/, 'the device node of a graphics card');
// As systemd and Proxmox VE write it: 02:30, mon..fri 4:00, *-*-01 03:15.
const calendarEvent = matching(/^[A-Za-z0-9*.,:/~-]+( [A-Za-z0-9*.,:/~-]+)*$/, 'a calendar event, e.g. 02:30');
const privilege = matching(/^[A-Z][A-Za-z]+(\.[A-Z][A-Za-z]+)+$/, 'a privilege of Proxmox VE, e.g. Sys.Modify');
const realmUser = matching(/^[A-Za-z0-9._-]+@[a-z][a-z0-9.-]*$/, 'a user with realm, e.g. terraform@pve');
const ipv4 = fits('a dotted IPv4 address', (value) => typeof value === 'string' && parseIpv4(value) !== undefined);
const addressOrNetwork = fits('an IPv4 address, or a network such as 10.0.0.0/24', (value) => typeof value === 'string' && (parseIpv4(value) !== undefined || parseCidr(value) !== undefined));
const size = whole(1);
// As in the installer of Proxmox VE 9.1.
const keyboards = 'de de-ch dk en-gb en-us es fi fr fr-be fr-ca fr-ch hu is it jp lt mk nl no pl pt pt-br se si tr'.split(' ');

const bridge = record<BridgeProps>('the bridge', {
  name: interfaceName,
  address: text,
  gateway: text,
  ports: list(interfaceName),
  vlanAware: optional(flag),
});

const gpu = record<GpuProps>('the graphics card', { model: text, driverVersion: version, devices: list(cardNode) });
const disk = record<DiskProps>('a disk', { purpose: oneOf('boot', 'pool'), sizeGiB: size, sata: flag, serial: optional(text) });
const apiToken = record<ApiTokenProps>('the API token', {
  user: realmUser,
  tokenId: storageId,
  role: optional(oneOf('PVEAdmin')),
  extraPrivileges: optional(list(privilege)),
  rotateDays: optional(whole(1, 3650)),
});

const install = record<InstallProps>('the installation', {
  country: matching(/^[a-z]{2}$/, 'a country of two lower-case letters'),
  keyboard: oneOf(...keyboards),
  mac: optional(matching(/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/, 'the address of a network card, lower case with colons')),
  installer: optional(oneOf('proxmox', 'debian')),
});

const host = record<HostProps>('the machine', {
  nodeName: label,
  board: text,
  cpu: text,
  cores: whole(1),
  memoryMiB: size,
  memoryReserveMiB: optional(whole(0)),
  sataPorts: whole(0),
  disks: list(disk),
  gpu: optional(gpu),
  pveVersion: version,
  kernel: text,
  rootGiB: size,
  bridge,
  mappings: optional(list(storageId)),
  otherBridges: optional(list(record<OtherBridgeProps>('one more bridge: { name, ports, vlanAware }', { name: interfaceName, ports: optional(list(interfaceName)), vlanAware: optional(flag) }))),
  provisioning: optional(record<ProvisioningProps>('the provisioning network', { bridge: interfaceName, address: text })),
  nameservers: list(ipv4),
  timezone: text,
  adminAddresses: optional(list(addressOrNetwork)),
  apiToken,
  install: optional(install),
  mailTo: optional(matching(/^[^\s@]+@[^\s@]+$/, 'a mail address')),
  settings: optional(record<HostSettings>('settings by role', Object.fromEntries(hostRoles.map((role) => [role, optional(settings)])) as Fields<HostSettings>)),
});

const pool = record<PoolProps>('the pool', {
  name: storageId,
  usableGiB: size,
  layout: oneOf('single', 'mirror', 'raidz1', 'raidz2'),
  guid: optional(matching(/^\d{1,20}$/, 'the GUID of the pool, digits only')),
  hostId: optional(matching(/^[0-9a-f]{8}$/, 'a hostid of 8 hex digits')),
  intent: optional(
    record<PoolIntentProps>('what the pool shall become', {
      layout: oneOf('mirror', 'raidz1', 'raidz2'),
      disks: whole(1),
      by: oneOf('attach', 'new-pool'),
    }),
  ),
  arcMaxMiB: size,
});

const dataset = record<DatasetProps>('a dataset', { name: datasetName, mountpoint: absolutePath, purpose: prose, quotaGiB: optional(size) });

const webAddress = matching(/^https?:\/\/[A-Za-z0-9.-]+(:\d+)?(\/[^\s@]*)?$/, 'an address that begins with https:// or http:// and holds no password');
const offHost = record<OffHostProps>('the copy elsewhere', {
  target: byKind('a place: { kind: sftp, s3, rest-server or disk, … }', {
    sftp: record('an sftp target', { kind: text, user: text, host: matching(/^[A-Za-z0-9.-]+$/, 'a host name or address'), port: optional(whole(1, 65_535)), path: absolutePath, hostKey: text }),
    s3: record('an S3 target', { kind: text, endpoint: webAddress, bucket: text, path: optional(text) }),
    'rest-server': record('a rest-server', { kind: text, url: webAddress, user: text }),
    disk: record('a second disk', { kind: text, mountpoint: absolutePath }),
  }),
  schedule: optional(text),
  keepDaily: whole(0),
  keepWeekly: whole(0),
  keepMonthly: whole(0),
  guestArchives: flag,
  verifyPercent: optional(whole(0, 100)),
  uploadKiBps: optional(whole(1)),
});

const otherStorage = record<OtherStorageProps>('a storage that is there already: { id, type, sizeGiB, content }', {
  id: storageId,
  type: oneOf('dir', 'lvm', 'lvmthin', 'zfspool', 'nfs', 'cifs', 'pbs'),
  sizeGiB: size,
  content: list(oneOf('rootdir', 'images', 'vztmpl', 'iso', 'import', 'backup', 'snippets')),
});

const storage = record<StorageProps>('the storage', {
  pool,
  datasets: list(dataset),
  volumesDataset: text,
  others: optional(list(otherStorage)),
  backup: record<BackupProps>('the backup', {
    storage: storageId,
    path: absolutePath,
    schedule: calendarEvent,
    keepDaily: whole(0),
    keepWeekly: whole(0),
    keepMonthly: whole(0),
    quotaGiB: whole(0),
    churnMiBPerDay: optional(whole(0)),
    offHost: optional(offHost),
  }),
});

const template = record<TemplateProps>('the template', {
  vmId: whole(100, 999_999_999),
  name: label,
  image,
  cores,
  // The provider takes 64 or more for a machine.
  memoryMiB: whole(64),
  diskGiB: size,
  user: matching(/^[a-z_][a-z0-9_-]{0,31}$/, 'the name of a user'),
});

const retired = record<RetiredProps>('a retired service: { name, vmId, address }', { name: label, vmId: whole(100, 999_999_999), address: ipv4 });

const retiredTemplate = record<RetiredTemplateProps>('a renewed template: { name, vmId }', { name: label, vmId: whole(100, 999_999_999) });

const known = record<KnownGuestProps>('a known guest: { name, vmId, kind, cores, memoryMiB }', {
  name: text,
  vmId: whole(100, 999_999_999),
  kind: oneOf('container', 'virtual machine'),
  addresses: optional(list(ipv4)),
  macAddresses: optional(list(matching(/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/, 'the address of a network card, lower case with colons'))),
  cores: whole(0),
  memoryMiB: whole(0),
});

const formerState = record<FormerStateProps>('where the state was: { address, port, bucket }', { address: optional(ipv4), port: optional(whole(1, 65_535)), bucket: optional(text) });
const state = record<StateProps>('the state', { service: text, port: whole(1, 65_535), bucket: text, formerly: optional(formerState) });

const budget = record<BudgetProps>('the budget', {
  cpuWarnRatio: optional(positive()),
  cpuMaxRatio: optional(positive()),
  poolWarnShare: optional(positive(1)),
});

const mailAddress = matching(/^[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+$/, 'a mail address');
const alerts = byKind('how the owner is told: { kind: mail, ntfy or webhook, … }', {
  mail: record('mail', { kind: text, to: mailAddress, server: matching(/^[A-Za-z0-9.-]+:\d{1,5}$/, 'a mail server with its port, e.g. 192.168.88.1:25'), from: optional(mailAddress) }),
  ntfy: record('ntfy', { kind: text }),
  webhook: record('webhook', { kind: text }),
});

/** Parts of a house with a construct path of their own; those without stand under the name of the house. */
export const parts: Readonly<Partial<Record<keyof HomelabProps, { readonly path: string; readonly form: Form }>>> = {
  host: { path: 'host', form: host },
  storage: { path: 'foundation/storage', form: storage },
  containerImage: { path: 'foundation/container-image', form: image },
  template: { path: 'foundation/template', form: template },
};

const anything: Form = () => [];

/** The house but for its parts and services, which are looked at one by one. */
export const houseForm = record<HomelabProps>('a house', {
  name: houseName,
  domain,
  host: anything,
  storage: anything,
  containerImage: anything,
  template: anything,
  sshKeys: list(text),
  services: list(anything),
  retired: optional(list(retired)),
  retiredTemplates: optional(list(retiredTemplate)),
  known: optional(list(known)),
  adopted: optional(list(adoptedForm)),
  state,
  alerts: optional(alerts),
  budget: optional(budget),
});
