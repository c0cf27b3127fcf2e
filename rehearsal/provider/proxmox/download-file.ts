import { deleteFile, download, servedSizeMiB } from '../../node/download';
import type { ObjectValue } from '../../protocol/value';
import { textOf } from '../block-access';
import type { ResourceModel } from '../resource-model';

const MIB = 1024 * 1024;

/** proxmox_download_file. */
export const downloadFile: ResourceModel = {
  modelled:
    'create, read, delete; replacement when the file at the address has another size and overwrite is true; refusal of a file that is there already',
  notModelled: 'the check of the checksum, decompression, a file changed by hand in the datastore, import',

  replaceAlso({ prior, planned }, { node }) {
    const sameUrl = prior.url === planned.url;
    const servedBytes = Math.round(servedSizeMiB(node, textOf(planned, 'url')) * MIB);
    if (planned.overwrite !== true || !sameUrl || prior.size === servedBytes) return [];
    planned.size = servedBytes;
    return [['size']];
  },

  create(planned, session) {
    const { node } = session;
    const fileName = textOf(planned, 'file_name') || (textOf(planned, 'url').split('/').pop() ?? '');
    const order = {
      url: textOf(planned, 'url'),
      storage: textOf(planned, 'datastore_id'),
      content: textOf(planned, 'content_type'),
      fileName,
    };
    if (planned.overwrite_unmanaged === true) {
      deleteFile(node, session.caller(), `${order.storage}:${order.content}/${fileName}`);
    }
    const volume = download(node, session.caller(), order);
    return { ...planned, file_name: fileName, id: volume.volid, size: Math.round(volume.sizeGiB * 1024 * MIB) };
  },

  read(state, { node }): ObjectValue | null {
    const volume = node.volumes.find((candidate) => candidate.volid === state.id);
    return volume ? { ...state, size: Math.round(volume.sizeGiB * 1024 * MIB) } : null;
  },

  update: (prior, planned) => ({ ...planned, size: prior.size }),

  remove: (state, session) => deleteFile(session.node, session.caller(), textOf(state, 'id')),
};
