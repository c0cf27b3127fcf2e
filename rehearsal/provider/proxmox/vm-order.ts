import type { Network } from '../../node/guest';
import { macAddress } from '../../node/guests';
import type { VmOrder } from '../../node/virtual-machine';
import type { ObjectValue, Value } from '../../protocol/value';
import { Unknown } from '../../protocol/value';
import { blockOf, blocksOf, flagOf, numberOf, textOf } from '../block-access';
import { storedTags } from './container-order';

/** Attributes and blocks the node knows by fields of its own. */
const OWN = [
  'id',
  'vm_id',
  'name',
  'description',
  'tags',
  'protection',
  'on_boot',
  'template',
  'started',
  'memory',
  'cpu',
  'agent',
  'disk',
  'network_device',
];

/** Translates a planned virtual machine into what the provider would send to PVE. */
export function vmOrder(planned: ObjectValue, vmid: number): VmOrder {
  return {
    vmid,
    name: textOf(planned, 'name'),
    template: flagOf(planned, 'template'),
    protection: flagOf(planned, 'protection'),
    onboot: flagOf(planned, 'on_boot', true),
    description: textOf(planned, 'description'),
    tags: storedTags(planned),
    cores: numberOf(blockOf(planned, 'cpu'), 'cores', 1),
    memoryMiB: numberOf(blockOf(planned, 'memory'), 'dedicated', 512),
    agent: flagOf(blockOf(planned, 'agent'), 'enabled'),
    disks: blocksOf(planned, 'disk').map((disk) => ({
      slot: textOf(disk, 'interface'),
      storage: textOf(disk, 'datastore_id', 'local-lvm'),
      sizeGiB: numberOf(disk, 'size', 8),
      importFrom: textOf(disk, 'import_from') || textOf(disk, 'file_id'),
    })),
    networks: networks(planned, vmid),
    settings: Object.fromEntries(Object.entries(planned).filter(([name, value]) => !OWN.includes(name) && isGiven(value))),
  };
}

const isGiven = (value: Value): boolean => value !== null && !(value instanceof Unknown);

function networks(planned: ObjectValue, vmid: number): Network[] {
  const addresses = blocksOf(blockOf(planned, 'initialization'), 'ip_config');
  return blocksOf(planned, 'network_device').map((nic, index) => {
    const [ipv4, ipv6] = [blockOf(addresses[index], 'ipv4'), blockOf(addresses[index], 'ipv6')];
    const { bridge: _bridge, mac_address: _mac, enabled: _enabled, ...settings } = nic;
    return {
      name: '',
      bridge: textOf(nic, 'bridge', 'vmbr0'),
      mac: textOf(nic, 'mac_address') || macAddress(vmid, index),
      ip: textOf(ipv4, 'address'),
      gateway: textOf(ipv4, 'gateway'),
      ip6: textOf(ipv6, 'address'),
      gateway6: textOf(ipv6, 'gateway'),
      settings,
    };
  });
}
