import { demand, type Caller } from './access';
import type { Mount } from './guest';
import { PveError } from './pve-error';
import type { PveNode } from './pve-node';
import { addVolume, findStorage } from './storage';
import { formatSize, GIB } from './size';

/** A root disk or mount point as it is asked for. `volume` is read as PVE reads it: see {@link mountOrder}. */
export type MountOrder = Mount;

/** What an asked-for volume means. */
export type MountKind =
  | { kind: 'new'; storage: string; sizeGiB: number; }
  | { kind: 'existing'; volid: string; }
  | { kind: 'bind'; hostPath: string; };

/** Reads a volume: `tank:20` is a new one of 20 GiB, `tank:subvol-1-disk-0` an existing one, `/data` a host path. */
export function mountOrder(mount: Pick<Mount, 'volume'>): MountKind {
  if (mount.volume.startsWith('/')) return { kind: 'bind', hostPath: mount.volume };
  const [storage, name = ''] = mount.volume.split(':');
  return /^\d+(\.\d+)?$/.test(name)
    ? { kind: 'new', storage, sizeGiB: Number(name) }
    : { kind: 'existing', volid: mount.volume };
}

/**
 * Makes a mount of a container, allocating its volume when it is a new one.
 *
 * @throws PveError when the storage is unknown or full, the volume does not exist, or a privilege is lacking.
 */
export function makeMount(node: PveNode, caller: Caller, vmid: number, order: MountOrder): Mount {
  const wanted = mountOrder(order);
  if (wanted.kind === 'bind') return { ...order, size: '' };
  if (wanted.kind === 'existing') {
    if (!node.volumes.some((volume) => volume.volid === wanted.volid)) {
      throw new PveError(500, `volume '${wanted.volid}' does not exist`);
    }
    return order;
  }
  demand(caller, `/storage/${wanted.storage}`, 'Datastore.AllocateSpace');
  const storage = findStorage(node, wanted.storage);
  const volid = nextVolid(node, vmid, wanted.storage, storage.type === 'zfspool' ? 'subvol' : 'vm');
  addVolume(node, { volid, storage: storage.id, content: 'rootdir', sizeGiB: wanted.sizeGiB, vmid });
  return { ...order, volume: volid, size: formatSize(wanted.sizeGiB * GIB) };
}

/** The next free disk name of a guest, such as `tank:subvol-102-disk-1`. */
export function nextVolid(node: PveNode, vmid: number, storage: string, prefix: string): string {
  let index = 0;
  const name = (): string => `${storage}:${prefix}-${vmid}-disk-${index}`;
  while (node.volumes.some((volume) => volume.volid === name())) index += 1;
  return name();
}
