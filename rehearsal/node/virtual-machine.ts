import { demand, demandRoot, type Caller } from './access';
import type { VirtualMachine } from './guest';
import { admitGuest, demandBridges, findGuest, openCreation } from './guests';
import { nextVolid } from './mount';
import { PveError } from './pve-error';
import type { PveNode } from './pve-node';
import { addVolume, findStorage, growVolume } from './storage';

/** A disk to be made: empty, or filled from an image. */
export interface VmDiskOrder {
  slot: string;
  storage: string;
  sizeGiB: number;
  /** Volume of the image, such as `local:import/debian.qcow2`; empty for an empty disk. */
  importFrom: string;
}

/** A virtual machine to be made. */
export interface VmOrder extends Omit<VirtualMachine, 'kind' | 'status' | 'disks'> {
  disks: VmDiskOrder[];
}

/**
 * Creates a virtual machine, stopped.
 *
 * @throws PveError for a taken VMID, a missing image, storage or bridge, too little space, a lacking privilege.
 */
export function createVm(node: PveNode, caller: Caller, order: VmOrder): VirtualMachine {
  openCreation(node, caller, 'qemu', order.vmid);
  demandBridges(node, caller, order.networks);
  demandDevices(caller, order);
  const vm: VirtualMachine = { ...order, kind: 'qemu', status: 'stopped', disks: [] };
  try {
    for (const disk of order.disks) addVmDisk(node, caller, vm, disk);
  } catch (error) {
    node.volumes = node.volumes.filter((volume) => volume.vmid !== order.vmid);
    throw error;
  }
  admitGuest(node, caller, vm);
  return vm;
}

/** A mapped device is given only to who may use mappings; a raw one only by root. */
function demandDevices(caller: Caller, { settings }: VmOrder): void {
  for (const block of ['hostpci', 'usb']) {
    for (const device of Array.isArray(settings[block]) ? (settings[block] as Record<string, unknown>[]) : []) {
      if (device['mapping']) demand(caller, `/mapping/${block === 'usb' ? 'usb' : 'pci'}/${String(device['mapping'])}`, 'Mapping.Use');
      else demandRoot(caller, `configuring raw ${block} device`);
    }
  }
}

/** What a clone is made of, and how. */
export interface CloneOrder {
  /** VMID of the source. */
  readonly source: number;
  /** Whether its disks are copied; otherwise they stand on those of the source, which has to be a template. */
  readonly full: boolean;
  /** Storage that takes copied disks; empty leaves them beside the source's. */
  readonly storage: string;
}

/**
 * Clones a virtual machine, stopped, with disks and settings of its source; what the order says is written over them.
 *
 * @throws PveError for a source that is not there, a taken VMID, a lacking privilege, too little space.
 */
export function cloneVm(node: PveNode, caller: Caller, order: VmOrder, clone: CloneOrder): VirtualMachine {
  demand(caller, `/vms/${clone.source}`, 'VM.Clone');
  openCreation(node, caller, 'qemu', order.vmid);
  const source = findGuest(node, 'qemu', clone.source);
  if (!clone.full && !source.template) throw new PveError(500, 'Linked clone feature is not available for drive');
  demandBridges(node, caller, order.networks);
  demandDevices(caller, order);
  const vm: VirtualMachine = { ...order, kind: 'qemu', status: 'stopped', disks: [] };
  if (!clone.full) vm.base = source.vmid;
  try {
    for (const disk of source.disks) {
      const storage = clone.full && clone.storage !== '' ? clone.storage : disk.volume.split(':')[0];
      addVmDisk(node, caller, vm, { slot: disk.slot, storage, sizeGiB: disk.sizeGiB, importFrom: '' });
    }
    for (const wanted of order.disks) {
      if (!vm.disks.some(({ slot }) => slot === wanted.slot)) addVmDisk(node, caller, vm, wanted);
      else resizeVmDisk(node, caller, vm, wanted.slot, wanted.sizeGiB);
    }
  } catch (error) {
    node.volumes = node.volumes.filter((volume) => volume.vmid !== order.vmid);
    throw error;
  }
  admitGuest(node, caller, vm);
  return vm;
}

/** Gives a virtual machine a disk. */
export function addVmDisk(node: PveNode, caller: Caller, vm: VirtualMachine, order: VmDiskOrder): void {
  demand(caller, `/storage/${order.storage}`, 'Datastore.AllocateSpace');
  findStorage(node, order.storage);
  const image = node.volumes.find((volume) => volume.volid === order.importFrom);
  if (order.importFrom !== '' && !image) throw new PveError(500, `volume '${order.importFrom}' does not exist`);
  const sizeGiB = Math.max(order.sizeGiB, Math.ceil(image?.sizeGiB ?? 0));
  const volid = nextVolid(node, vm.vmid, order.storage, vm.template ? 'base' : 'vm');
  addVolume(node, { volid, storage: order.storage, content: 'images', sizeGiB, vmid: vm.vmid });
  vm.disks.push({ slot: order.slot, volume: volid, sizeGiB });
}

/** Takes a disk away, with what is on it. */
export function removeVmDisk(node: PveNode, vm: VirtualMachine, slot: string): void {
  const gone = vm.disks.find((disk) => disk.slot === slot);
  vm.disks = vm.disks.filter((disk) => disk !== gone);
  node.volumes = node.volumes.filter((volume) => volume.volid !== gone?.volume);
}

/**
 * Grows a disk.
 *
 * @throws PveError when the new size is smaller or the storage lacks the space.
 */
export function resizeVmDisk(node: PveNode, caller: Caller, vm: VirtualMachine, slot: string, sizeGiB: number): void {
  demand(caller, `/vms/${vm.vmid}`, 'VM.Config.Disk');
  const disk = vm.disks.find((candidate) => candidate.slot === slot);
  if (!disk) throw new PveError(500, `disk '${slot}' does not exist`);
  if (sizeGiB < disk.sizeGiB) throw new PveError(500, 'shrinking disks is not supported');
  if (vm.template && sizeGiB > disk.sizeGiB) {
    throw new PveError(500, `Cannot resize ${disk.volume} in VM ${vm.vmid}, it is not owned by this VM!`);
  }
  growVolume(node, disk.volume, sizeGiB);
  disk.sizeGiB = sizeGiB;
}

/** Settings of a virtual machine to be written; absent ones stay. */
export type VmChanges = Partial<Omit<VirtualMachine, 'kind' | 'vmid' | 'status' | 'disks'>>;

const PRIVILEGE: Readonly<Partial<Record<keyof VmChanges, string>>> = {
  cores: 'VM.Config.CPU',
  memoryMiB: 'VM.Config.Memory',
  networks: 'VM.Config.Network',
};

/** Writes settings of a virtual machine, like PUT config. */
export function changeVm(node: PveNode, caller: Caller, vmid: number, changes: VmChanges): void {
  const vm = findGuest(node, 'qemu', vmid);
  for (const setting of Object.keys(changes) as (keyof VmChanges)[]) {
    demand(caller, `/vms/${vmid}`, PRIVILEGE[setting] ?? 'VM.Config.Options');
  }
  const hook = changes.settings?.hook_script_file_id;
  if (hook && hook !== vm.settings.hook_script_file_id) demandRoot(caller, 'changing the hookscript');
  if (changes.networks) demandBridges(node, caller, changes.networks);
  Object.assign(vm, changes);
}
