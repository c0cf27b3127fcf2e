import type { RoleRun } from './play';

/** What the owner recorded about the pool before the system disk died. */
export interface Records {
  readonly guid: string;
  readonly hostid: string;
}

/** The disk that carries `tank`. */
export const TANK_DISK = 'LABDISK0001';

const pool = {
  zfs_setup_pool: 'tank',
  zfs_setup_vdevs: [{ type: 'disk', serials: [TANK_DISK] }],
  zfs_setup_former_hostname: 'pve',
  zfs_setup_arc_max_mib: 256,
  zfs_setup_datasets: [
    { name: 'tank/backups', mountpoint: '/tank/backups', properties: { recordsize: '1048576' } },
    { name: 'tank/data', mountpoint: '/tank/data', quota_gib: 1 },
  ],
  zfs_setup_directories: [{ path: '/tank/backups/lxc' }],
};

const storage = {
  pve_storage_directories: [
    {
      id: 'backups',
      path: '/tank/backups',
      content: ['backup'],
      content_dirs: { backup: 'lxc' },
      is_mountpoint: true,
      create_base_path: false,
      keep: { daily: 7, weekly: 4, monthly: 3 },
    },
  ],
  pve_storage_zfspools: [{ id: 'tank', pool: 'tank', mountpoint: '/tank' }],
};

/** Containers of the drill's house: one with volumes, one whose disk is empty but for what the drill writes. */
export const GUESTS = [
  {
    vmid: 101,
    name: 'gitea',
    features: ['keyctl'],
    volumes: [
      { name: 'repositories', dataset: 'tank/data/gitea/repositories', path: '/var/lib/gitea', quota_gib: 1 },
      { name: 'attachments', dataset: 'tank/data/gitea/attachments', path: '/srv/attachments', quota_gib: 1, read_only: true },
    ],
  },
  { vmid: 105, name: 'minio', volumes: [{ name: 'data', dataset: 'tank/data/minio/data', path: '/data', quota_gib: 1 }] },
  { vmid: 199, name: 'later', volumes: [{ name: 'x', dataset: 'tank/data/later/x', path: '/x', quota_gib: 1 }] },
];

/** zfs_setup for the house's pool. */
export function zfsSetup(variables: Record<string, unknown> = {}): RoleRun {
  return { role: 'zfs_setup', variables: { ...pool, ...variables } };
}

/** The recorded identity of the pool as variables of zfs_setup. */
export function recorded(records: Records): Record<string, unknown> {
  return { zfs_setup_pool_guid: records.guid, zfs_setup_former_hostid: records.hostid };
}

/** Storages; `recover` adds the ZFS storage that Terraform owns in normal life. */
export function pveStorage(recover: boolean): RoleRun {
  return { role: 'pve_storage', variables: { ...storage, pve_storage_recover: asExtraVariable(recover) } };
}

/** Backups. Nothing is copied elsewhere: there is no elsewhere here. `recover` brings container configurations back. */
export function pveBackup(recover: boolean): RoleRun {
  const guests = GUESTS.slice(0, 2).map(({ vmid, name }) => ({ vmid, name }));
  return { role: 'pve_backup', variables: { pve_backup_recover: asExtraVariable(recover), pve_backup_restore_guests: guests } };
}

/** Snippet for templates. */
export const pveTemplate: RoleRun = { role: 'pve_template', variables: {} };

/** Volumes and features of the containers. */
export const guestAttach: RoleRun = { role: 'guest_attach', variables: { guest_attach_guests: GUESTS } };

/** A switch as `-e name=true` gives it, which is text. */
function asExtraVariable(on: boolean): string {
  return String(on);
}
