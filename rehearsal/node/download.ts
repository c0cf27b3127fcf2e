import { demand, type Caller } from './access';
import { PveError } from './pve-error';
import { DEFAULT_DOWNLOAD_MIB, type PveNode, type Volume } from './pve-node';
import { addVolume, findStorage } from './storage';
import { recordTask } from './task';

/** What to fetch, and where to. */
export interface DownloadOrder {
  readonly url: string;
  readonly storage: string;
  /** `vztmpl`, `iso` or `import`. */
  readonly content: string;
  readonly fileName: string;
}

/** Size of what an address serves now, in MiB. */
export const servedSizeMiB = (node: PveNode, url: string): number =>
  node.downloads.find((download) => download.url === url || download.url === '*')?.sizeMiB ?? DEFAULT_DOWNLOAD_MIB;

/**
 * Downloads a file to a storage.
 *
 * @returns The new volume.
 * @throws PveError when a privilege is lacking, the file is there already, or the storage cannot take it.
 */
export function download(node: PveNode, caller: Caller, order: DownloadOrder): Volume {
  demand(caller, `/storage/${order.storage}`, 'Datastore.AllocateTemplate');
  demandNetwork(node, caller);
  findStorage(node, order.storage);
  const volid = `${order.storage}:${order.content}/${order.fileName}`;
  if (node.volumes.some((volume) => volume.volid === volid)) {
    throw new PveError(500, `refusing to override existing file '${order.fileName}'`);
  }
  const sizeGiB = servedSizeMiB(node, order.url) / 1024;
  const volume: Volume = { volid, storage: order.storage, content: order.content, sizeGiB };
  addVolume(node, volume);
  recordTask(node, 'download', order.fileName, caller);
  return volume;
}

/** Deletes a file; one that is gone already is fine. */
export function deleteFile(node: PveNode, caller: Caller, volid: string): void {
  demand(caller, `/storage/${volid.split(':')[0]}`, 'Datastore.Allocate');
  node.volumes = node.volumes.filter((volume) => volume.volid !== volid);
  recordTask(node, 'imgdel', volid, caller);
}

/** Fetching from the internet needs one privilege on the node, or two on the root of the tree. */
function demandNetwork(node: PveNode, caller: Caller): void {
  if (caller.privileges.has('Sys.Audit') && caller.privileges.has('Sys.Modify')) return;
  demand(caller, `/nodes/${node.name}`, 'Sys.AccessNetwork');
}
