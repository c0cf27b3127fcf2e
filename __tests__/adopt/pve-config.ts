import type { Container, Mount, Network } from '../../rehearsal/node/guest';

/** A flag or a number of a property string, left out when it says nothing. */
const part = (key: string, value: unknown): string[] => (value === undefined || value === '' || value === 0 || value === false ? [] : [`${key}=${value === true ? 1 : String(value)}`]);

const net = ({ name, bridge, mac, ip, gateway, ip6, gateway6, settings }: Network): string =>
  [
    `name=${name}`,
    `bridge=${bridge}`,
    ...part('firewall', settings.firewall),
    ...part('gw', gateway),
    ...part('gw6', gateway6),
    `hwaddr=${mac}`,
    ...part('ip', ip),
    ...part('ip6', ip6),
    ...part('mtu', settings.mtu),
    ...part('rate', settings.rate_limit),
    ...part('tag', settings.vlan_id),
    'type=veth',
  ].join(',');

const mount = ({ volume, size, path, settings }: Mount): string =>
  [volume, ...part('mp', path), ...part('acl', settings.acl), ...part('quota', settings.quota), ...part('replicate', settings.replicate), ...part('ro', settings.read_only), ...part('size', size)].join(',');

interface Startup {
  readonly order?: number;
  readonly up_delay?: number;
  readonly down_delay?: number;
}

const startup = ({ order = -1, up_delay: up = -1, down_delay: down = -1 }: Startup): string =>
  [['order', order] as const, ['up', up] as const, ['down', down] as const].filter(([, value]) => value >= 0).map(([key, value]) => `${key}=${value}`).join(',');

/** The file of /etc/pve/nodes/NODE/lxc that Proxmox VE would have of a container of the emulated node. */
export function configText(container: Container): string {
  const { settings } = container;
  const lines = [
    ...container.description.split('\n').filter((line, index, all) => line !== '' || index < all.length - 1).map((line) => `#${encodeURI(line)}`),
    `arch: ${String(settings.arch ?? 'amd64')}`,
    `cores: ${container.cores}`,
    ...(settings.cpulimit ? [`cpulimit: ${String(settings.cpulimit)}`] : []),
    ...(settings.cpuunits ? [`cpuunits: ${String(settings.cpuunits)}`] : []),
    ...container.devices.map((device, index) => `dev${index}: ${String(device.path)}`),
    ...(Object.keys(container.features).length > 0 ? [`features: ${Object.entries(container.features).map(([key, on]) => `${key}=${String(on)}`).join(',')}`] : []),
    `hostname: ${container.name}`,
    `memory: ${container.memoryMiB}`,
    ...container.mounts.map((item, index) => `mp${index}: ${mount(item)}`),
    ...(container.nameserver ? [`nameserver: ${container.nameserver}`] : []),
    ...container.networks.map((network, index) => `net${index}: ${net(network)}`),
    ...(container.onboot ? ['onboot: 1'] : []),
    `ostype: ${container.ostype}`,
    ...(container.protection ? ['protection: 1'] : []),
    `rootfs: ${mount(container.rootfs)}`,
    ...(container.searchdomain ? [`searchdomain: ${container.searchdomain}`] : []),
    ...(settings.startup ? [`startup: ${startup(settings.startup as Startup)}`] : []),
    `swap: ${container.swapMiB}`,
    ...(container.tags.length > 0 ? [`tags: ${container.tags.join(';')}`] : []),
    ...(container.template ? ['template: 1'] : []),
    ...(container.unprivileged ? ['unprivileged: 1'] : []),
    ...((settings.raw as string[] | undefined) ?? []),
  ];
  return lines.join('\n');
}
