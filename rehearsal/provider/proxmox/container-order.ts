import type { Network } from '../../node/guest';
import { macAddress } from '../../node/guests';
import type { ContainerOrder } from '../../node/container';
import type { MountOrder } from '../../node/mount';
import { GIB, parseSize } from '../../node/size';
import type { ObjectValue } from '../../protocol/value';
import { blockOf, blocksOf, flagOf, numberOf, textOf, textsOf } from '../block-access';

/** Feature flags by their Terraform names. */
export const FEATURES = ['nesting', 'fuse', 'keyctl', 'mknod'] as const;

/** Translates a planned container into what the provider would send to PVE. */
export function containerOrder(planned: ObjectValue, vmid: number): ContainerOrder {
  const initialization = blockOf(planned, 'initialization');
  const dns = blockOf(initialization, 'dns');
  const servers = textsOf(dns, 'servers');
  const cpu = blockOf(planned, 'cpu');
  const memory = blockOf(planned, 'memory');
  const system = blockOf(planned, 'operating_system');
  return {
    vmid,
    name: textOf(initialization, 'hostname'),
    template: flagOf(planned, 'template'),
    protection: flagOf(planned, 'protection'),
    onboot: flagOf(planned, 'start_on_boot', true),
    unprivileged: flagOf(planned, 'unprivileged'),
    description: textOf(planned, 'description'),
    tags: storedTags(planned),
    cores: numberOf(cpu, 'cores', 1),
    memoryMiB: numberOf(memory, 'dedicated', 512),
    swapMiB: numberOf(memory, 'swap'),
    ostype: textOf(system, 'type', 'unmanaged'),
    ostemplate: textOf(system, 'template_file_id'),
    features: givenFeatures(planned),
    rootfs: rootfsOrder(planned),
    mounts: blocksOf(planned, 'mount_point').map(mountPointOrder),
    networks: networks(planned, vmid),
    devices: blocksOf(planned, 'device_passthrough').map((device) => ({ ...device })),
    nameserver: servers.length > 0 ? servers.join(' ') : textOf(dns, 'server'),
    searchdomain: textOf(dns, 'domain'),
    settings: {
      arch: textOf(cpu, 'architecture', 'amd64'),
      cpulimit: numberOf(cpu, 'limit'),
      cpuunits: numberOf(cpu, 'units'),
      console: blockOf(planned, 'console'),
      startup: blockOf(planned, 'startup'),
      entrypoint: textOf(initialization, 'entrypoint'),
      env: planned.environment_variables ?? null,
      hookscript: textOf(planned, 'hook_script_file_id'),
      idmap: planned.idmap ?? [],
    },
    start: flagOf(planned, 'started', true) && !flagOf(planned, 'template'),
    pool: textOf(planned, 'pool_id'),
  };
}

/** Tags as PVE keeps them: lower case, sorted. */
export const storedTags = (planned: ObjectValue): string[] =>
  textsOf(planned, 'tags')
    .map((tag) => tag.toLowerCase())
    .sort();

/** On creation only flags that are on are sent; an update sends all of them. */
function givenFeatures(planned: ObjectValue): Record<string, unknown> {
  const block = blockOf(planned, 'features');
  return Object.fromEntries(FEATURES.filter((flag) => flagOf(block, flag)).map((flag) => [flag, 1]));
}

/** All four flags, as an update sends them. */
export function allFeatures(planned: ObjectValue): Record<string, unknown> {
  const block = blockOf(planned, 'features');
  return Object.fromEntries(FEATURES.map((flag) => [flag, flagOf(block, flag) ? 1 : 0]));
}

function rootfsOrder(planned: ObjectValue): MountOrder {
  const disk = blockOf(planned, 'disk');
  return {
    volume: `${textOf(disk, 'datastore_id', 'local')}:${numberOf(disk, 'size', 4)}`,
    size: '',
    path: '',
    settings: mountFlags(disk, ['acl', 'quota', 'replicate']),
  };
}

/** A mount point: a bare storage name with a size becomes a new volume, PVE counting whole GiB. */
export function mountPointOrder(block: ObjectValue): MountOrder {
  const [volume, size] = [textOf(block, 'volume'), textOf(block, 'size')];
  const isNew = size !== '' && !volume.startsWith('/') && !volume.includes(':');
  return {
    volume: isNew ? `${volume}:${Math.floor((parseSize(size) ?? 0) / GIB)}` : volume,
    size,
    path: textOf(block, 'path'),
    settings: mountFlags(block, ['acl', 'backup', 'quota', 'read_only', 'replicate', 'shared']),
  };
}

const mountFlags = (block: ObjectValue | null, names: string[]): Record<string, unknown> => ({
  ...Object.fromEntries(names.map((name) => [name, flagOf(block, name)])),
  mount_options: textsOf(block, 'mount_options'),
});

function networks(planned: ObjectValue, vmid: number): Network[] {
  const addresses = blocksOf(blockOf(planned, 'initialization'), 'ip_config');
  return blocksOf(planned, 'network_interface').map((nic, index) => {
    const [ipv4, ipv6] = [blockOf(addresses[index], 'ipv4'), blockOf(addresses[index], 'ipv6')];
    return {
      name: textOf(nic, 'name'),
      bridge: textOf(nic, 'bridge', 'vmbr0'),
      mac: textOf(nic, 'mac_address') || macAddress(vmid, index),
      ip: textOf(ipv4, 'address'),
      gateway: textOf(ipv4, 'gateway'),
      ip6: textOf(ipv6, 'address'),
      gateway6: textOf(ipv6, 'gateway'),
      settings: {
        firewall: flagOf(nic, 'firewall'),
        host_managed: flagOf(nic, 'host_managed'),
        rate_limit: numberOf(nic, 'rate_limit'),
        vlan_id: numberOf(nic, 'vlan_id'),
        mtu: numberOf(nic, 'mtu'),
      },
    };
  });
}
