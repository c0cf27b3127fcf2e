import type { Container, Mount, Network } from '../../node/guest';
import { GIB, parseSize } from '../../node/size';
import type { ObjectValue, Value } from '../../protocol/value';
import { blockOf, blocksOf, textOf } from '../block-access';
import { sameLegacyValue } from '../equality';
import { settle } from '../settle';
import { FEATURES } from './container-order';

/** The state of a container as a read of the real provider leaves it. */
export function containerState(container: Container, state: ObjectValue): ObjectValue {
  const running = container.status === 'running';
  const fresh: ObjectValue = {
    id: String(container.vmid),
    vm_id: container.vmid,
    description: container.description,
    tags: container.tags,
    protection: container.protection,
    start_on_boot: container.onboot,
    started: running,
    template: container.template,
    unprivileged: container.unprivileged,
    hook_script_file_id: String(container.settings.hookscript ?? ''),
    environment_variables: (container.settings.env ?? null) as Value,
    ipv4: running ? addresses(container, 'ip') : {},
    ipv6: running ? addresses(container, 'ip6') : {},
    initialization: [initialization(container, state)],
    network_interface: container.networks.map(networkInterface),
    startup: container.settings.startup ? [container.settings.startup as ObjectValue] : [],
    idmap: (container.settings.idmap ?? []) as Value,
  };
  for (const [name, { value, unset }] of Object.entries(optionalBlocks(container, state))) {
    // A block that is not in state appears only when it differs from the provider's defaults.
    if (blocksOf(state, name).length > 0 || !sameLegacyValue(unset, value)) fresh[name] = [value];
  }
  // When none is left on the node, the provider keeps what it has: the loss goes unnoticed.
  if (container.mounts.length > 0) fresh.mount_point = container.mounts.map(mountPoint);
  if (container.devices.length > 0) fresh.device_passthrough = container.devices as Value;
  return settle(state, { ...state, ...fresh }) as ObjectValue;
}

interface OptionalBlock {
  readonly value: ObjectValue;
  /** What the provider takes for granted. */
  readonly unset: ObjectValue;
}

function optionalBlocks(container: Container, state: ObjectValue): Record<string, OptionalBlock> {
  const flags = Object.fromEntries(FEATURES.map((flag) => [flag, Boolean(container.features[flag])]));
  return {
    console: {
      value: (container.settings.console ?? { enabled: true, tty_count: 2, type: 'tty' }) as ObjectValue,
      unset: { enabled: true, tty_count: 2, type: 'tty' },
    },
    cpu: {
      value: {
        architecture: String(container.settings.arch ?? 'amd64'),
        cores: container.cores,
        limit: Number(container.settings.cpulimit ?? 0),
        units: Number(container.settings.cpuunits ?? 0),
      },
      unset: { architecture: 'amd64', cores: 1, limit: 0, units: 0 },
    },
    disk: { value: disk(container.rootfs), unset: unsetDisk(container.rootfs) },
    memory: {
      value: { dedicated: container.memoryMiB, swap: container.swapMiB },
      unset: { dedicated: 512, swap: 0 },
    },
    features: {
      value: { ...flags, mount: [] },
      unset: { ...Object.fromEntries(FEATURES.map((flag) => [flag, false])), mount: [] },
    },
    operating_system: {
      // The template is not read back; an imported container has none.
      value: {
        type: container.ostype,
        template_file_id: blockOf(state, 'operating_system')?.template_file_id ?? null,
      },
      unset: { type: 'unmanaged', template_file_id: null },
    },
  };
}

const disk = (rootfs: Mount): ObjectValue => ({
  acl: Boolean(rootfs.settings.acl),
  quota: Boolean(rootfs.settings.quota),
  replicate: Boolean(rootfs.settings.replicate),
  mount_options: (rootfs.settings.mount_options ?? []) as Value,
  datastore_id: rootfs.volume.split(':')[0],
  path_in_datastore: rootfs.volume,
  size: Math.floor((parseSize(rootfs.size) ?? 0) / GIB),
});

/** The provider looks at the storage and the flags, not at the size, when it decides whether a disk block is needed. */
const unsetDisk = (rootfs: Mount): ObjectValue => ({
  ...disk(rootfs),
  acl: false,
  quota: false,
  replicate: false,
  mount_options: [],
  datastore_id: 'local',
});

const mountPoint = (mount: Mount): ObjectValue => ({
  acl: Boolean(mount.settings.acl),
  backup: Boolean(mount.settings.backup),
  quota: Boolean(mount.settings.quota),
  read_only: Boolean(mount.settings.read_only),
  replicate: Boolean(mount.settings.replicate ?? true),
  shared: Boolean(mount.settings.shared),
  mount_options: (mount.settings.mount_options ?? []) as Value,
  path: mount.path,
  size: mount.size,
  volume: mount.volume,
  path_in_datastore: mount.volume,
});

function initialization(container: Container, state: ObjectValue): ObjectValue {
  const current = blockOf(state, 'initialization');
  const currentDns = blockOf(current, 'dns');
  const hasDns = container.nameserver !== '' || container.searchdomain !== '';
  const oldStyle = textOf(currentDns, 'server') !== '';
  return {
    hostname: container.name,
    entrypoint: String(container.settings.entrypoint ?? ''),
    dns: hasDns
      ? [
          {
            domain: container.searchdomain,
            server: oldStyle ? container.nameserver : '',
            servers: oldStyle || container.nameserver === '' ? [] : container.nameserver.split(' '),
          },
        ]
      : [],
    ip_config: container.networks.filter((network) => network.ip || network.ip6).map(ipConfig),
    // Neither keys nor password are read back.
    user_account: current?.user_account ?? [],
  };
}

const ipConfig = (network: Network): ObjectValue => ({
  ipv4: network.ip ? [{ address: network.ip, gateway: network.gateway }] : [],
  ipv6: network.ip6 ? [{ address: network.ip6, gateway: network.gateway6 }] : [],
});

const networkInterface = (network: Network): ObjectValue => ({
  name: network.name,
  bridge: network.bridge,
  enabled: true,
  mac_address: network.mac,
  firewall: Boolean(network.settings.firewall),
  host_managed: Boolean(network.settings.host_managed),
  rate_limit: Number(network.settings.rate_limit ?? 0),
  vlan_id: Number(network.settings.vlan_id ?? 0),
  mtu: Number(network.settings.mtu ?? 0),
});

/** One address per interface; a lease is made up from the documentation range. */
function addresses(container: Container, field: 'ip' | 'ip6'): ObjectValue {
  const entries = container.networks
    .filter((network) => network[field] !== '')
    .map((network) => [network.name, network[field] === 'dhcp' ? leased(container.vmid) : network[field].split('/')[0]]);
  return Object.fromEntries(entries) as ObjectValue;
}

const leased = (vmid: number): string => `192.0.2.${1 + (vmid % 254)}`;
