import type { VirtualMachine } from '../../node/guest';
import type { ObjectValue, Value } from '../../protocol/value';
import { blockOf, blocksOf, textOf } from '../block-access';
import { settle } from '../settle';

/** The state of a virtual machine as a read of the real provider leaves it; what the node does not model is kept. */
export function vmState(vm: VirtualMachine, state: ObjectValue): ObjectValue {
  const reports = vm.status === 'running' && vm.agent;
  const fresh: ObjectValue = {
    id: String(vm.vmid),
    vm_id: vm.vmid,
    name: vm.name,
    description: vm.description,
    tags: vm.tags,
    protection: vm.protection,
    on_boot: vm.onboot,
    template: vm.template,
    started: vm.status === 'running',
    disk: disks(vm, state),
    network_device: vm.networks.map((network, index) => ({
      ...blocksOf(state, 'network_device')[index],
      ...(network.settings as ObjectValue),
      bridge: network.bridge,
      mac_address: network.mac,
      enabled: true,
    })),
    mac_addresses: [...(reports ? ['00:00:00:00:00:00'] : []), ...vm.networks.map((network) => network.mac)],
    network_interface_names: reports ? ['lo', ...vm.networks.map((_, index) => `eth${index}`)] : [],
    ipv4_addresses: reports ? [['127.0.0.1'], ...vm.networks.map((network) => address(vm, network.ip))] : [],
    ipv6_addresses: reports ? [['::1'], ...vm.networks.map((network) => (network.ip6 ? address(vm, network.ip6) : []))] : [],
    hotplug: (vm.settings.hotplug ?? 'network,disk,usb') as Value,
  };
  setBlock(fresh, state, 'memory', { dedicated: vm.memoryMiB }, vm.memoryMiB === 512);
  setBlock(fresh, state, 'cpu', { cores: vm.cores }, vm.cores === 1);
  setBlock(fresh, state, 'agent', { enabled: vm.agent }, !vm.agent);
  return settle(state, { ...state, ...fresh }) as ObjectValue;
}

/** Lays read values over a block; a block that is not in state appears only when it is not at its default. */
function setBlock(fresh: ObjectValue, state: ObjectValue, name: string, values: ObjectValue, atDefault: boolean): void {
  const current = blockOf(state, name);
  if (current || !atDefault) fresh[name] = [{ ...current, ...values }];
}

/** Disks in the order of the configuration; what PVE does not give back, such as the image, comes from state. */
function disks(vm: VirtualMachine, state: ObjectValue): Value {
  const configured = blocksOf(state, 'disk');
  const place = (slot: string): number => {
    const index = configured.findIndex((disk) => textOf(disk, 'interface') === slot);
    return index < 0 ? configured.length : index;
  };
  return [...vm.disks]
    .sort((a, b) => place(a.slot) - place(b.slot))
    .map((disk) => {
      const [storage, path] = disk.volume.split(':');
      return {
        ...configured[place(disk.slot)],
        interface: disk.slot,
        datastore_id: storage,
        path_in_datastore: path,
        file_format: 'raw',
        size: disk.sizeGiB,
      };
    });
}

/** A lease is made up from the documentation range. */
const address = (vm: VirtualMachine, ip: string): string[] =>
  ip === '' || ip === 'dhcp' ? [`192.0.2.${1 + (vm.vmid % 254)}`] : [ip.split('/')[0]];
