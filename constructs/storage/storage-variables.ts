import type { Plain } from '../core/setting';
import type { HomelabProps } from '../homelab-props';
import { volumesOf } from '../service/data';
import { dumpVolume } from '../service/dump-variables';
import { DUMP_UNIT } from '../service/saves';
import { datasetNameOf } from '../service/service-props';
import { offHostVariables } from './off-host';
import { SNAPSHOTS_KEPT } from './snapshots';

const vdevTypes = { single: 'disk', mirror: 'mirror', raidz1: 'raidz1', raidz2: 'raidz2' } as const;

/** Variables of the role zfs_setup: which pool this is, and what must be mounted before a guest starts. */
export function zfsSetupVariables(lab: HomelabProps): Record<string, Plain> {
  const { pool, datasets } = lab.storage;
  const serials = lab.host.disks.flatMap((disk) => (disk.purpose === 'pool' && disk.serial ? [disk.serial] : []));
  return {
    zfs_setup_pool: pool.name,
    zfs_setup_mountpoint: `/${pool.name}`,
    zfs_setup_former_hostname: lab.host.nodeName,
    ...(pool.guid === undefined ? {} : { zfs_setup_pool_guid: pool.guid }),
    ...(pool.hostId === undefined ? {} : { zfs_setup_former_hostid: pool.hostId }),
    zfs_setup_vdevs: serials.length === 0 ? [] : [{ type: vdevTypes[pool.layout], serials }],
    zfs_setup_arc_max_mib: pool.arcMaxMiB,
    zfs_setup_datasets: datasets.map((dataset) => ({
      name: `${pool.name}/${dataset.name}`,
      mountpoint: dataset.mountpoint,
      ...(dataset.quotaGiB === undefined ? {} : { quota_gib: dataset.quotaGiB }),
    })),
    zfs_setup_directories: [{ path: lab.storage.backup.path }],
    ...(pool.intent && pool.intent.by === 'attach' ? { zfs_setup_expand_layout: pool.intent.layout } : {}),
  };
}

/** Variables of the role pve_storage: storages that Terraform cannot describe fully, and the pool's for a rebuild. */
export function pveStorageVariables(lab: HomelabProps): Record<string, Plain> {
  const { pool, backup } = lab.storage;
  const dataset = lab.storage.datasets.find(({ mountpoint }) => `${backup.path}/`.startsWith(`${mountpoint}/`))!;
  const below = backup.path.slice(dataset.mountpoint.length + 1);
  return {
    pve_storage_directories: [
      {
        id: backup.storage,
        path: dataset.mountpoint,
        content: ['backup'],
        ...(below === '' ? {} : { content_dirs: { backup: below } }),
        is_mountpoint: true,
        create_base_path: false,
        keep: retention(lab),
      },
    ],
    pve_storage_zfspools: [{ id: pool.name, pool: pool.name, mountpoint: `/${pool.name}` }],
  };
}

/** Variables of the role pve_backup: the nightly job and what keeps the data outside the containers. */
export function pveBackupVariables(lab: HomelabProps): Record<string, Plain> {
  const { pool, backup, volumesDataset } = lab.storage;
  const hasVolumes = lab.services.some((service) => !service.vm && volumesOf(service.data).length > 0);
  return {
    pve_backup_schedule: backup.schedule,
    pve_backup_storage: backup.storage,
    pve_backup_dump_dir: backup.path,
    pve_backup_keep: retention(lab),
    pve_backup_pool: pool.name,
    pve_backup_snapshot_datasets: hasVolumes ? [`${pool.name}/${volumesDataset}`] : [],
    pve_backup_snapshot_keep: { ...SNAPSHOTS_KEPT },
    pve_backup_moment_keep: SNAPSHOTS_KEPT.daily,
    pve_backup_moment_dumps: lab.services.filter(({ saves, vm }) => !vm && saves?.kind === 'dumped').map(({ vmId }) => ({ vmid: vmId, unit: DUMP_UNIT })),
    pve_backup_services: restorable(lab),
    ...offHostVariables(lab),
  };
}

/** What of each service comes back, and from where; one without data has a root disk that an update may take back. */
function restorable(lab: HomelabProps): Record<string, Plain> {
  return Object.fromEntries(lab.services.filter(({ vm }) => !vm).map((service): [string, Plain] => {
    const { name, vmId, address, health, saves, needs = [] } = service;
    const dumps = dumpVolume(service);
    return [name, {
      vmid: vmId,
      address,
      health: { ...health },
      volumes: Object.fromEntries(volumesOf(service.data).map((volume) => [volume.name, volume.path])),
      ...(datasetNameOf(service) === name ? {} : { dataset: datasetNameOf(service) }),
      ...(saves?.kind === 'dumped' ? { tool: saves.by.tool } : {}),
      ...(dumps ? { dumps: dumps.name } : {}),
      ...(saves?.kind === 'dumped' && saves.rows ? { rows: { ...saves.rows } } : {}),
      ...(needs.length > 0 ? { needs: [...needs] } : {}),
    }];
  }));
}

function retention(lab: HomelabProps): Record<string, Plain> {
  const { keepDaily, keepWeekly, keepMonthly } = lab.storage.backup;
  return { daily: keepDaily, weekly: keepWeekly, monthly: keepMonthly };
}
