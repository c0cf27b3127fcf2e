import pinned from '../common/provider.json';

/** What a resource is to the judge. */
export type Kind =
  | 'container'
  | 'virtual machine'
  | 'storage'
  | 'zpool'
  | 'backup job'
  | 'right'
  | 'firewall'
  | 'network'
  | 'pool'
  | 'provisioner'
  | 'harmless'
  | 'unknown';

/** End of the full name of the provider whose types are known here. */
export const PROVIDER = `/${pinned.source}`;

/** The version whose types and changes are known here. */
export const PROVIDER_VERSION = pinned.version;

/** `TYPE.PATH` of values whose behaviour nobody has named since the provider was upgraded. */
export const UNNAMED: readonly string[] = pinned.unnamed;

/** Every type that the judge knows. One that is not here is unknown, and each change of it is refused. */
const KINDS: Readonly<Record<string, Kind>> = {
  proxmox_virtual_environment_container: 'container',
  proxmox_virtual_environment_vm: 'virtual machine',
  proxmox_virtual_environment_vm2: 'virtual machine',
  proxmox_virtual_environment_cloned_vm: 'virtual machine',
  proxmox_cloned_vm: 'virtual machine',
  proxmox_vm: 'virtual machine',
  proxmox_node_disk_zfs: 'zpool',
  proxmox_ceph_pool: 'zpool',
  proxmox_backup_job: 'backup job',
  proxmox_acl: 'right',
  proxmox_user_token: 'right',
  proxmox_virtual_environment_acl: 'right',
  proxmox_virtual_environment_user_token: 'right',
  proxmox_virtual_environment_user: 'right',
  proxmox_virtual_environment_group: 'right',
  proxmox_virtual_environment_role: 'right',
  proxmox_node_firewall: 'firewall',
  proxmox_virtual_environment_node_firewall: 'firewall',
  proxmox_virtual_environment_cluster_firewall: 'firewall',
  proxmox_virtual_environment_cluster_firewall_security_group: 'firewall',
  proxmox_virtual_environment_firewall_alias: 'firewall',
  proxmox_virtual_environment_firewall_ipset: 'firewall',
  proxmox_virtual_environment_firewall_options: 'firewall',
  proxmox_virtual_environment_firewall_rules: 'firewall',
  proxmox_network_linux_bond: 'network',
  proxmox_network_linux_bridge: 'network',
  proxmox_network_linux_vlan: 'network',
  proxmox_virtual_environment_network_linux_bridge: 'network',
  proxmox_virtual_environment_network_linux_vlan: 'network',
  proxmox_pool_membership: 'pool',
  proxmox_virtual_environment_pool: 'pool',
  proxmox_virtual_environment_pool_membership: 'pool',
  null_resource: 'provisioner',
  terraform_data: 'provisioner',
};

/** Types whose loss loses nothing, each with why. */
export const HARMLESS: Readonly<Record<string, string>> = {
  proxmox_download_file: 'it can be downloaded again, and guests name the file by its text',
  proxmox_virtual_environment_download_file: 'the long name of proxmox_download_file',
  local_file: 'it is written anew from the definition by each apply',
};

const STORAGE = /^proxmox_(virtual_environment_)?storage_(cifs|directory|lvm|lvmthin|nfs|pbs|zfspool)$/;

/**
 * What a type is to the judge.
 * @param provider full name of the provider, when the plan tells it: another one's type of the same name is unknown
 */
export function kindOf(type: string, provider?: string): Kind {
  if (type.startsWith('proxmox_') && provider !== undefined && !provider.endsWith(PROVIDER)) return 'unknown';
  if (STORAGE.test(type)) return 'storage';
  if (Object.hasOwn(HARMLESS, type)) return 'harmless';
  return Object.hasOwn(KINDS, type) ? KINDS[type] : 'unknown';
}
