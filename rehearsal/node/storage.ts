import { demand, type Caller } from './access';
import { PveError } from './pve-error';
import type { Disk, PveNode, Storage, Volume } from './pve-node';

/**
 * Finds a storage definition.
 *
 * @throws PveError 500 when there is none.
 */
export function findStorage(node: PveNode, id: string): Storage {
  const storage = node.storages.find((candidate) => candidate.id === id);
  if (!storage) throw new PveError(500, `storage '${id}' does not exist`);
  if (storage.nodes.length > 0 && !storage.nodes.includes(node.name)) {
    throw new PveError(500, `storage '${id}' is not available on node '${node.name}'`);
  }
  return storage;
}

/** The disk a storage's bytes end up on: its zpool, or the filesystem with the longest mount point above its folder. */
export function diskOf(node: PveNode, storage: Storage): Disk {
  const fits = (disk: Disk): boolean =>
    storage.type === 'zfspool'
      ? disk.kind === 'zpool' && disk.name === storage.location.split('/')[0]
      : disk.kind === 'filesystem' && storage.location.startsWith(disk.name);
  const found = node.disks.filter(fits).sort((a, b) => b.name.length - a.name.length)[0];
  if (!found) throw new PveError(500, `could not activate storage '${storage.id}', no such pool or directory`);
  return found;
}

/** Bytes promised to volumes and strangers on a disk, in GiB. */
export function promisedGiB(node: PveNode, disk: Disk): number {
  const here = new Set(
    node.storages.filter((storage) => diskOf(node, storage) === disk).map((storage) => storage.id)
  );
  return node.volumes
    .filter((volume) => here.has(volume.storage))
    .reduce((total, volume) => total + volume.sizeGiB, disk.usedGiB);
}

/**
 * Adds a volume.
 *
 * @throws PveError 500 when the storage does not take such content or the disk lacks the space.
 */
export function addVolume(node: PveNode, volume: Volume): void {
  const storage = findStorage(node, volume.storage);
  if (!storage.content.includes(volume.content)) {
    throw new PveError(500, `storage '${storage.id}' does not support content-type '${volume.content}'`);
  }
  demandSpace(node, storage, volume.sizeGiB, volume.volid);
  node.volumes.push(volume);
}

/**
 * Grows a volume.
 *
 * @throws PveError 500 when the disk lacks the space.
 */
export function growVolume(node: PveNode, volid: string, sizeGiB: number): void {
  const volume = node.volumes.find((candidate) => candidate.volid === volid);
  if (!volume) throw new PveError(500, `volume '${volid}' does not exist`);
  demandSpace(node, findStorage(node, volume.storage), sizeGiB - volume.sizeGiB, volid);
  volume.sizeGiB = sizeGiB;
}

function demandSpace(node: PveNode, storage: Storage, wantedGiB: number, volid: string): void {
  const disk = diskOf(node, storage);
  if (promisedGiB(node, disk) + wantedGiB <= disk.sizeGiB) return;
  const name = volid.slice(volid.indexOf(':') + 1);
  throw new PveError(
    500,
    storage.type === 'zfspool'
      ? `zfs error: cannot create '${storage.location}/${name}': out of space`
      : `unable to create image: No space left on device ('${storage.location}/${name}')`
  );
}

/**
 * Defines a storage.
 *
 * @throws PveError when the caller may not, the id is taken, or the pool or folder is not there.
 */
export function defineStorage(node: PveNode, caller: Caller, storage: Storage): void {
  demand(caller, '/storage', 'Datastore.Allocate');
  if (node.storages.some((candidate) => candidate.id === storage.id)) {
    throw new PveError(500, `create storage failed: storage ID '${storage.id}' already defined`);
  }
  diskOf(node, storage);
  node.storages.push(storage);
}

/** Changes a storage definition. */
export function changeStorage(node: PveNode, caller: Caller, storage: Storage): void {
  demand(caller, '/storage', 'Datastore.Allocate');
  node.storages[node.storages.indexOf(findStorage(node, storage.id))] = storage;
}

/** Forgets a storage definition; the bytes stay, as in PVE. */
export function forgetStorage(node: PveNode, caller: Caller, id: string): void {
  demand(caller, '/storage', 'Datastore.Allocate');
  node.storages = node.storages.filter((storage) => storage.id !== id);
}
