import { Construct } from 'constructs';
import { ZfsStorage } from '../proxmox/zfs-storage';
import type { StorageProps } from './storage-props';

/**
 * The pool as Proxmox VE sees it. The pool itself, its datasets and the backup storage belong to Ansible: the
 * provider would replace a pool for any change of layout, and cannot say that a directory must be a mount point.
 */
export class Storage extends Construct {
  /** The storage that holds root disks. */
  readonly resource: ZfsStorage;

  constructor(scope: Construct, id: string, props: StorageProps & { readonly nodeName: string }) {
    super(scope, id);
    const { name } = props.pool;
    this.resource = new ZfsStorage(this, 'Resource', { storage: name, pool: name, nodeName: props.nodeName });
    this.resource.overrideLogicalId(name);
  }
}
