import type { Construct } from 'constructs';
import { StorageZfspool } from '../../.gen/providers/proxmox/storage-zfspool';

/** What Proxmox VE calls the pool and keeps on it. */
export interface ZfsStorageProps {
  /** Storage id; it stands in every volume id, so it never changes. */
  readonly storage: string;
  readonly pool: string;
  readonly nodeName: string;
}

/** The pool as a storage of Proxmox VE. Destroying it removes the definition only, never the pool. */
export class ZfsStorage extends StorageZfspool {
  constructor(scope: Construct, id: string, props: ZfsStorageProps) {
    super(scope, id, {
      id: props.storage,
      zfsPool: props.pool,
      nodes: [props.nodeName],
      content: ['images', 'rootdir'],
      thinProvision: true,
      lifecycle: { preventDestroy: true },
    });
  }
}
