import { Storage } from '../../../constructs';
import { pveBackupVariables, pveStorageVariables, zfsSetupVariables } from '../../../constructs/storage/storage-variables';
import { withPool, withServices, withStorage } from '../../helpers/alter';
import { built } from '../../helpers/built';
import { smallHouse } from '../../helpers/small-house';

test('a storage is one resource under the name of the pool', () => {
  const { resource } = built((stack) => void new Storage(stack, 'storage', { ...smallHouse.storage, nodeName: 'loft' }));
  expect(resource).toEqual({ proxmox_storage_zfspool: { barn: expect.objectContaining({ id: 'barn', nodes: ['loft'] }) } });
});

describe('what Ansible is told of the pool', () => {
  test('with required props only: a pool that is found by its name, and nothing that could touch a wrong disk', () => {
    const disks = smallHouse.host.disks.map(({ serial: _unknown, ...disk }) => disk);
    const lab = withPool({ guid: undefined, hostId: undefined }, { ...smallHouse, host: { ...smallHouse.host, disks } });
    const variables = zfsSetupVariables(lab);
    expect(variables).toMatchObject({ zfs_setup_pool: 'barn', zfs_setup_mountpoint: '/barn', zfs_setup_vdevs: [], zfs_setup_arc_max_mib: 1792 });
    for (const unknown of ['zfs_setup_pool_guid', 'zfs_setup_former_hostid', 'zfs_setup_expand_layout']) expect(variables).not.toHaveProperty(unknown);
  });

  test('with everything: the very pool, its disks by serial, its datasets with their limits', () => {
    const datasets = smallHouse.storage.datasets.map((dataset) => ({ ...dataset, quotaGiB: 300 }));
    const lab = withStorage({ datasets }, withPool({ intent: { layout: 'mirror', disks: 2, by: 'attach' } }));
    expect(zfsSetupVariables(lab)).toMatchObject({
      zfs_setup_pool_guid: '7702518859316040253',
      zfs_setup_former_hostid: 'a5c3e1f7',
      zfs_setup_vdevs: [{ type: 'disk', serials: ['ZX41PLUM'] }],
      zfs_setup_datasets: [
        { name: 'barn/archive', mountpoint: '/barn/archive', quota_gib: 300 },
        { name: 'barn/volumes', mountpoint: '/barn/volumes', quota_gib: 300 },
      ],
      zfs_setup_expand_layout: 'mirror',
    });
  });

  test('a pool that shall be rebuilt elsewhere is not expanded in place', () => {
    const lab = withPool({ intent: { layout: 'raidz1', disks: 3, by: 'new-pool' } });
    expect(zfsSetupVariables(lab)).not.toHaveProperty('zfs_setup_expand_layout');
  });
});

describe('what Ansible is told of backups', () => {
  const keep = { daily: 5, weekly: 2, monthly: 1 };

  test('archives lie below a dataset that has to be mounted, in a folder of their own', () => {
    expect(pveStorageVariables(smallHouse).pve_storage_directories).toEqual([
      expect.objectContaining({ id: 'copies', path: '/barn/archive', content_dirs: { backup: 'dump' }, is_mountpoint: true, create_base_path: false, keep }),
    ]);
  });

  test('archives at the dataset itself need no folder', () => {
    const lab = withStorage({ backup: { ...smallHouse.storage.backup, path: '/barn/archive' } });
    expect(pveStorageVariables(lab).pve_storage_directories).toEqual([expect.not.objectContaining({ content_dirs: expect.anything() })]);
  });

  test('the volumes outside the containers are kept by snapshots of their dataset', () => {
    expect(pveBackupVariables(smallHouse)).toMatchObject({ pve_backup_schedule: '04:45', pve_backup_keep: keep, pve_backup_snapshot_datasets: ['barn/volumes'] });
  });

  test('without a volume there is no snapshot to make', () => {
    const lab = withServices(smallHouse.services.filter(({ data }) => data.kind === 'disposable'));
    expect(pveBackupVariables(lab).pve_backup_snapshot_datasets).toEqual([]);
  });
});
