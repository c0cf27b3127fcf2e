import type { ResourceModel } from '../resource-model';
import { container } from './container';
import { downloadFile } from './download-file';
import { pool, poolMembership } from './pool';
import { storageDirectory, storageZfspool } from './storage';
import { vm } from './vm';

/** Resource types of bpg/proxmox that the stand-in models; any other one is refused by name. */
export const proxmoxModels: Readonly<Record<string, ResourceModel>> = {
  proxmox_download_file: downloadFile,
  proxmox_pool_membership: poolMembership,
  proxmox_storage_directory: storageDirectory,
  proxmox_storage_zfspool: storageZfspool,
  proxmox_virtual_environment_container: container,
  proxmox_virtual_environment_pool: pool,
  proxmox_virtual_environment_vm: vm,
};
