import { demand, demandRoot, type Caller } from './access';
import type { Container, Mount } from './guest';
import { admitGuest, demandBridges, findGuest, openCreation, startGuest } from './guests';
import { makeMount, mountOrder, type MountOrder } from './mount';
import { PveError } from './pve-error';
import type { PveNode } from './pve-node';
import { findStorage, growVolume } from './storage';
import { GIB, parseSize } from './size';

/** A container to be made. */
export interface ContainerOrder extends Omit<Container, 'kind' | 'status' | 'rootfs' | 'mounts'> {
  /** Volume of the template, such as `local:vztmpl/debian.tar.zst`. */
  ostemplate: string;
  rootfs: MountOrder;
  mounts: MountOrder[];
  start: boolean;
  /** Resource pool to join, or empty. */
  pool: string;
}

/**
 * Creates a container.
 *
 * @throws PveError for a taken VMID, a missing template, storage or bridge, too little space, a lacking privilege.
 */
export function createContainer(node: PveNode, caller: Caller, order: ContainerOrder): void {
  openCreation(node, caller, 'lxc', order.vmid);
  demandRootOnly(caller, order);
  if (!order.unprivileged) demand(caller, '/', 'Sys.Modify');
  findStorage(node, order.ostemplate.split(':')[0]);
  if (!node.volumes.some((volume) => volume.volid === order.ostemplate)) {
    throw new PveError(500, `volume '${order.ostemplate}' does not exist`);
  }
  demandBridges(node, caller, order.networks);
  const pool = order.pool === '' ? undefined : node.pools.find((candidate) => candidate.poolid === order.pool);
  if (order.pool !== '' && !pool) throw new PveError(500, `pool '${order.pool}' does not exist`);

  const { ostemplate: _template, start, pool: _pool, rootfs, mounts, ...rest } = order;
  const made: Mount[] = [];
  try {
    for (const mount of [rootfs, ...mounts]) made.push(makeMount(node, caller, order.vmid, mount));
  } catch (error) {
    // A failed creation leaves no volume behind.
    node.volumes = node.volumes.filter((volume) => volume.vmid !== order.vmid);
    throw error;
  }
  const container: Container = { ...rest, kind: 'lxc', status: 'stopped', rootfs: made[0], mounts: made.slice(1) };
  admitGuest(node, caller, container);
  pool?.members.push(order.vmid);
  if (start) startGuest(node, caller, container);
}

/** Settings of a container to be written; absent ones stay. */
export type ContainerChanges = Partial<Omit<Container, 'kind' | 'vmid' | 'status' | 'rootfs'>>;

/** Which privilege a setting takes; any other one takes VM.Config.Options. */
const PRIVILEGE: Readonly<Partial<Record<keyof ContainerChanges, string>>> = {
  cores: 'VM.Config.CPU',
  memoryMiB: 'VM.Config.Memory',
  swapMiB: 'VM.Config.Memory',
  mounts: 'VM.Config.Disk',
  networks: 'VM.Config.Network',
  name: 'VM.Config.Network',
  nameserver: 'VM.Config.Network',
  searchdomain: 'VM.Config.Network',
};

/**
 * Writes settings of a container, like PUT config.
 *
 * @throws PveError when nothing is given, a privilege is lacking, or a bridge is not there.
 */
export function changeContainer(node: PveNode, caller: Caller, vmid: number, changes: ContainerChanges): void {
  const container = findGuest(node, 'lxc', vmid);
  if (Object.keys(changes).length === 0 || isOnlyEmptyDevices(changes)) throw new PveError(500, 'no options specified');
  demandRootOnly(caller, changes, container);
  for (const setting of Object.keys(changes) as (keyof ContainerChanges)[]) {
    demand(caller, `/vms/${vmid}`, PRIVILEGE[setting] ?? 'VM.Config.Options');
  }
  if (changes.networks) demandBridges(node, caller, changes.networks);
  // PVE never deletes a device that is merely not sent again.
  const devices = changes.devices && [...changes.devices, ...container.devices.slice(changes.devices.length)];
  Object.assign(container, changes, devices && { devices });
}

const isOnlyEmptyDevices = (changes: ContainerChanges): boolean =>
  Object.keys(changes).length === 1 && changes.devices?.length === 0;

/**
 * Grows the root disk, like PUT resize.
 *
 * @throws PveError when the new size is smaller or the disk lacks the space.
 */
export function resizeRootfs(node: PveNode, caller: Caller, vmid: number, size: string): void {
  demand(caller, `/vms/${vmid}`, 'VM.Config.Disk');
  const { rootfs } = findGuest(node, 'lxc', vmid);
  const [now, wanted] = [parseSize(rootfs.size) ?? 0, parseSize(size) ?? 0];
  if (wanted < now) throw new PveError(500, 'unable to shrink disk size');
  growVolume(node, rootfs.volume, wanted / GIB);
  rootfs.size = size;
}

/** What only the ticket of root@pam may do to a container. */
function demandRootOnly(caller: Caller, wanted: Partial<ContainerOrder> | ContainerChanges, now?: Container): void {
  if ((wanted.devices ?? []).length > 0) demandRoot(caller, 'configuring device passthrough');
  if (wanted.mounts?.some((mount) => mountOrder(mount).kind === 'bind')) demandRoot(caller, 'mount point type bind');
  if (wanted.settings?.hookscript !== now?.settings.hookscript && wanted.settings?.hookscript) {
    demandRoot(caller, 'changing the hookscript');
  }
  if (!wanted.features) return;
  const before = now?.features ?? {};
  const names = new Set([...Object.keys(before), ...Object.keys(wanted.features)]);
  const changed = [...names].filter((name) => String(before[name] ?? '') !== String(wanted.features?.[name] ?? ''));
  const unprivileged = now?.unprivileged ?? (wanted as ContainerOrder).unprivileged;
  if (changed.length > 0 && !unprivileged) demandRoot(caller, 'changing feature flags for privileged container');
  if (changed.some((name) => name !== 'nesting')) demandRoot(caller, 'changing feature flags (except nesting)');
}
