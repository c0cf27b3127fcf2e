import { sqliteDump, Storage } from '../../../constructs';
import { pveBackupVariables, pveStorageVariables, zfsSetupVariables } from '../../../constructs/storage/storage-variables';
import { serviceOf, withOffHost, withPool, withService, withServices, withStorage } from '../../helpers/alter';
import { emit } from '../../helpers/emitted';
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

  test.each([
    ['sftp', { kind: 'sftp', user: 'copies', host: 'nas.example.org', port: 2222, path: '/copies', hostKey: 'ssh-ed25519 KEY' }, 'sftp://copies@nas.example.org:2222//copies', { pve_backup_offhost_known_host: '[nas.example.org]:2222 ssh-ed25519 KEY' }],
    ['a bucket', { kind: 's3', endpoint: 'https://s3.example.org', bucket: 'home', path: 'barn' }, 's3:https://s3.example.org/home/barn', { pve_backup_offhost_environment: { AWS_ACCESS_KEY_ID: '{{ homelab_secrets.offhost_s3_access_key_id }}', AWS_SECRET_ACCESS_KEY: '{{ homelab_secrets.offhost_s3_secret_access_key }}' } }],
    ['a rest-server', { kind: 'rest-server', url: 'https://vault.example.org/home', user: 'copies' }, 'rest:https://vault.example.org/home', { pve_backup_offhost_environment: { RESTIC_REST_USERNAME: 'copies', RESTIC_REST_PASSWORD: '{{ homelab_secrets.offhost_rest_password }}' } }],
    ['a second disk', { kind: 'disk', mountpoint: '/mnt/second' }, '/mnt/second/restic', { pve_backup_offhost_mountpoint: '/mnt/second' }],
  ] as const)('the copy elsewhere goes to %s as restic writes it, and secrets stay names', (_, target, repository, more) => {
    expect(pveBackupVariables(withOffHost({ target, uploadKiBps: 512 }))).toMatchObject({
      pve_backup_offhost_repository: repository,
      pve_backup_offhost_password: '{{ homelab_secrets.offhost_password }}',
      pve_backup_offhost_paths: ['/barn/archive', '/barn/volumes'],
      pve_backup_offhost_exclude: ['/barn/archive/dump'],
      pve_backup_offhost_keep: { daily: 7, weekly: 4, monthly: 12 },
      pve_backup_offhost_upload_kib_per_sec: 512,
      ...more,
    });
  });

  test('without a place there is no copy elsewhere, and with guest archives nothing is left out', () => {
    expect(Object.keys(pveBackupVariables(smallHouse)).filter((name) => name.includes('offhost'))).toEqual([]);
    expect(pveBackupVariables(withOffHost({ guestArchives: true }))).toMatchObject({ pve_backup_offhost_exclude: [] });
  });

  test('its secrets are among those of the house, named by the host', () => {
    const { secrets } = JSON.parse(emit(withOffHost()).text('secrets/manifest.json'));
    const mine = secrets.filter(({ name }: { name: string }) => name.startsWith('offhost_')).map(({ name, usedBy }: { name: string; usedBy: string[] }) => [name, usedBy]);
    expect(mine).toEqual([['offhost_password', ['loft']], ['offhost_rest_password', ['loft']]]);
  });

  test('dumps are run in their guests before the snapshot, and the guest is told which databases', () => {
    const lab = withService('miniflux', { saves: sqliteDump('miniflux', 'miniflux.service', '/srv/miniflux/feeds.db') });
    const { vmId } = serviceOf('miniflux');
    expect(pveBackupVariables(lab)).toMatchObject({ pve_backup_moment_dumps: [{ vmid: vmId, unit: 'service-dump.service' }] });
    const emitted = emit(lab);
    expect(emitted.ansible('inventories/host_vars/miniflux.yml')).toMatchObject({ service_dump_tool: 'sqlite', service_dump_volume: '/srv/miniflux', service_dump_user: 'miniflux', service_dump_units: ['miniflux.service'], service_dump_options: { databases: ['/srv/miniflux/feeds.db'] } });
    expect(JSON.stringify(emitted.ansible('playbooks/guests/miniflux.yml'))).toContain('"service_dump"');
  });

  test('without a volume there is no snapshot to make', () => {
    const lab = withServices(smallHouse.services.filter(({ data }) => data.kind === 'disposable'));
    expect(pveBackupVariables(lab).pve_backup_snapshot_datasets).toEqual([]);
  });
});
