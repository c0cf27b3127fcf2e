/** A resource of a synthesized stack, without references resolved. */
export type ResourceConfig = Readonly<Record<string, unknown>>;

/** Privileges that a resource needs, given how it is configured. */
type Needs = (config: ResourceConfig) => readonly string[];

/** Role that Proxmox VE itself brings, as of 9.1: what an administrator of guests and storages may do. */
export const PVE_ADMIN: readonly string[] = [
  ...['Allocate', 'AllocateSpace', 'AllocateTemplate', 'Audit'].map((right) => `Datastore.${right}`),
  'Group.Allocate',
  'Mapping.Audit',
  'Mapping.Use',
  'Pool.Allocate',
  'Pool.Audit',
  'Realm.AllocateUser',
  'SDN.Allocate',
  'SDN.Audit',
  'SDN.Use',
  'Sys.Audit',
  'Sys.Console',
  'Sys.Syslog',
  'User.Modify',
  ...['Allocate', 'Audit', 'Backup', 'Clone', 'Console', 'Migrate', 'PowerMgmt', 'Replicate', 'Snapshot', 'Snapshot.Rollback'].map((right) => `VM.${right}`),
  ...['CDROM', 'CPU', 'Cloudinit', 'Disk', 'HWType', 'Memory', 'Network', 'Options'].map((right) => `VM.Config.${right}`),
  ...['Audit', 'FileRead', 'FileSystemMgmt', 'FileWrite', 'Unrestricted'].map((right) => `VM.GuestAgent.${right}`),
];

/** Making, reading, starting, stopping, changing and removing a guest with volumes and network cards. */
const GUEST = [
  ...['Allocate', 'Audit', 'PowerMgmt', 'Config.CPU', 'Config.Disk', 'Config.Memory', 'Config.Network', 'Config.Options'].map((right) => `VM.${right}`),
  'Datastore.AllocateSpace',
  'Datastore.Audit',
  'SDN.Use',
];
const STORAGE: Needs = () => ['Datastore.Allocate', 'Datastore.Audit'];
/** Fetching from the web makes the node itself a client: a right of its own. */
const DOWNLOAD: Needs = () => ['Datastore.Allocate', 'Datastore.AllocateTemplate', 'Datastore.Audit', 'Sys.AccessNetwork'];
const NODE_SETTING: Needs = () => ['Sys.Audit', 'Sys.Modify'];

const when = (condition: unknown, ...privileges: string[]) => (condition ? privileges : []);

/** What each kind of resource needs, by the checks of Proxmox VE 9.1's API. */
const NEEDS: Readonly<Record<string, Needs>> = {
  proxmox_virtual_environment_container: (config) => [
    ...GUEST,
    // Since 9.0, root inside a privileged container counts as root on the node.
    ...when(config.unprivileged !== true, 'Sys.Modify'),
    ...when(config.clone, 'VM.Clone'),
    ...when(config.pool_id, 'Pool.Allocate'),
  ],
  proxmox_virtual_environment_vm: (config) => [
    ...GUEST,
    'VM.Config.HWType',
    ...when(config.cdrom, 'VM.Config.CDROM'),
    ...when(config.initialization, 'VM.Config.CDROM', 'VM.Config.Cloudinit'),
    ...when(config.clone, 'VM.Clone'),
    ...when(config.agent, 'VM.GuestAgent.Audit'),
    ...when(config.hostpci ?? config.usb, 'Mapping.Use'),
    ...when(config.pool_id, 'Pool.Allocate'),
  ],
  proxmox_download_file: DOWNLOAD,
  proxmox_oci_image: DOWNLOAD,
  proxmox_virtual_environment_file: () => ['Datastore.Allocate', 'Datastore.AllocateTemplate', 'Datastore.Audit'],
  proxmox_storage_zfspool: STORAGE,
  proxmox_storage_directory: STORAGE,
  proxmox_storage_nfs: STORAGE,
  proxmox_storage_pbs: STORAGE,
  proxmox_virtual_environment_pool: () => ['Pool.Allocate', 'Pool.Audit'],
  proxmox_pool_membership: () => ['Pool.Allocate', 'Pool.Audit'],
  proxmox_backup_job: () => ['Datastore.Allocate', 'Sys.Modify'],
  proxmox_network_linux_bridge: NODE_SETTING,
  proxmox_network_linux_vlan: NODE_SETTING,
  proxmox_virtual_environment_dns: NODE_SETTING,
  proxmox_virtual_environment_hosts: NODE_SETTING,
  proxmox_virtual_environment_role: () => ['Sys.Modify'],
  proxmox_acl: () => ['Permissions.Modify'],
  proxmox_hardware_mapping_pci: () => ['Mapping.Audit', 'Mapping.Modify'],
};

/** What a token needs, and where that is not known. */
export interface NeededPrivileges {
  /** Who needs each privilege: addresses of resources by privilege. */
  readonly by: ReadonlyMap<string, readonly string[]>;
  /** Types of resources of Proxmox VE that no row is known for. */
  readonly unknownTypes: readonly string[];
}

/** The rights that the token is given: roles that Proxmox VE brings, and privileges of a role of the house's own. */
export interface GrantedPrivileges {
  readonly roles: readonly string[];
  readonly own: readonly string[];
}

/** Roles that Proxmox VE itself brings, by name. */
export const ROLES: Readonly<Record<string, readonly string[]>> = { PVEAdmin: PVE_ADMIN };

/** Everything that a token may do, sorted. */
export function grantedPrivileges({ roles, own }: GrantedPrivileges): string[] {
  return [...new Set([...roles.flatMap((role) => ROLES[role] ?? []), ...own])].sort();
}

/** Privileges that a token has and nothing needs, sorted. */
export function surplusPrivileges({ by }: NeededPrivileges, granted: GrantedPrivileges): string[] {
  return grantedPrivileges(granted).filter((privilege) => !by.has(privilege));
}

/** A synthesized stack, as far as it is looked at. */
export interface StackResources {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, ResourceConfig>>>>;
}

/** Derives from synthesized stacks what the token must be allowed to do. */
export function neededPrivileges(stacks: readonly StackResources[]): NeededPrivileges {
  const by = new Map<string, string[]>();
  const unknownTypes = new Set<string>();
  for (const [type, named] of stacks.flatMap(({ resource }) => Object.entries(resource ?? {}))) {
    if (!type.startsWith('proxmox_')) continue;
    const needs = NEEDS[type];
    if (!needs) unknownTypes.add(type);
    for (const [name, config] of Object.entries(named)) {
      for (const privilege of needs?.(config) ?? []) by.set(privilege, [...(by.get(privilege) ?? []), `${type}.${name}`]);
    }
  }
  return { by, unknownTypes: [...unknownTypes] };
}
