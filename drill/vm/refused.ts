import { recorded, TANK_DISK, type Records } from './house';

/** A way to call zfs_setup that could cost data, and must be refused. */
export interface Refused {
  readonly what: string;
  /** Variables of the role, beyond those of the drill's house. */
  readonly variables: (records: Records) => Record<string, unknown>;
  /** What the refusal says. */
  readonly words: string;
  /** Shell script run in the machine before. */
  readonly before?: string;
  /** Shell script that fails when something was changed that no disk image shows. */
  readonly unchanged?: string;
}

const MISSING = '1234567890123456789';
const NOT_BLANK = 'must be there exactly once and be blank';
const spare = (port: number) => `LABDISK000${port}`;
const other = (name: string, serials: string[], variables: Record<string, unknown> = {}, type = 'disk') => ({
  zfs_setup_pool: name,
  zfs_setup_mountpoint: `/${name}`,
  zfs_setup_vdevs: [{ type, serials }],
  zfs_setup_datasets: [],
  zfs_setup_directories: [],
  ...variables,
});
const create = { zfs_setup_create_pool: true };

/**
 * What zfs_setup must refuse on a fresh system in front of these disks: 1 carries `tank`, 2 and 3 a pool named `twin` each,
 * 4 half of the mirror `pair`, 5 bytes of no known kind, 6 an ext4 file system.
 */
export const REFUSED: readonly Refused[] = [
  {
    what: 'a pool that another host used last',
    variables: ({ guid }) => ({ zfs_setup_pool_guid: guid }),
    words: "was used last by host 'pve' with host id",
  },
  {
    what: 'the same with force meant for a third host',
    variables: ({ guid }) => ({ zfs_setup_pool_guid: guid, zfs_setup_force_import: true, zfs_setup_former_hostname: 'elsewhere' }),
    words: "was used last by host 'pve'",
  },
  {
    what: 'a pool whose GUID is not the recorded one',
    variables: (records) => ({ ...recorded(records), zfs_setup_pool_guid: MISSING }),
    words: `recorded are tank and ${MISSING}`,
  },
  { what: 'two pools of one name', variables: () => other('twin', [spare(2)]), words: '2 pools named twin are attached' },
  { what: 'a pool with a missing disk', variables: () => other('pair', [spare(4), spare(5)], {}, 'mirror'), words: 'pool pair is DEGRADED' },
  {
    what: 'a pool on fewer disks than recorded',
    variables: (records) => ({ ...recorded(records), zfs_setup_vdevs: [{ type: 'mirror', serials: [TANK_DISK, spare(6)] }] }),
    words: 'expected ONLINE on the serial numbers',
  },
  {
    what: 'files where the pool would be mounted',
    before: 'if [ -e /tank ]; then chattr -i /tank; fi; mkdir -p /tank; echo "written while the pool was away" >/tank/file',
    variables: recorded,
    words: '/tank must be absent or an empty directory',
    unchanged: 'grep -q "written while the pool was away" /tank/file && rm /tank/file',
  },
  {
    what: 'a new pool in place of a recorded one that is missing',
    variables: () => other('lost', [spare(6)], { zfs_setup_pool_guid: MISSING, ...create }),
    words: 'It is missing, not new',
  },
  { what: 'a new pool that nobody asked for', variables: () => other('new', [spare(6)]), words: 'neither imported nor found on any disk' },
  { what: 'a new pool on a disk with a file system', variables: () => other('new', [spare(6)], create), words: NOT_BLANK },
  { what: 'a new pool on a disk with bytes that have no name', variables: () => other('new', [spare(5)], create), words: NOT_BLANK },
  { what: 'a new pool on a disk of another pool', variables: () => other('new', [TANK_DISK], create), words: NOT_BLANK },
];
