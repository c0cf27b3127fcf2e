import type { OffHostProps } from './off-host-props';

/** A dataset of the pool with a mount point of its own. */
export interface DatasetProps {
  /** Name below the pool, e.g. `backups`. */
  readonly name: string;
  readonly mountpoint: string;
  /** What it is for, one line. */
  readonly purpose: string;
  /** Most it may hold, in GiB. @default - no limit of its own */
  readonly quotaGiB?: number;
}

/** What the owner wants the pool to become. */
export interface PoolIntentProps {
  readonly layout: 'mirror' | 'raidz1' | 'raidz2';
  /** Disks in the end. */
  readonly disks: number;
  /**
   * How to get there. `attach` turns the single disk into a mirror in place; `new-pool` builds the new layout from
   * other disks, copies, and renames. A single disk cannot become RAIDZ in place.
   */
  readonly by: 'attach' | 'new-pool';
}

/** The ZFS pool. */
export interface PoolProps {
  readonly name: string;
  /** Usable bytes in GiB. */
  readonly usableGiB: number;
  readonly layout: 'single' | 'mirror' | 'raidz1' | 'raidz2';
  /** Pool GUID, so that a re-import takes this pool and no other. @default - unknown; a re-import asks for it */
  readonly guid?: string;
  /** Hostid under which the pool was last imported, 8 hex digits. @default - unknown */
  readonly hostId?: string;
  /** @default - stays as it is */
  readonly intent?: PoolIntentProps;
  /** RAM that ZFS may use for its cache, in MiB. */
  readonly arcMaxMiB: number;
}

/** How guests are backed up. */
export interface BackupProps {
  /** Storage id that takes the archives. */
  readonly storage: string;
  /** Folder of the archives. */
  readonly path: string;
  /** systemd calendar event, e.g. `02:30`. */
  readonly schedule: string;
  readonly keepDaily: number;
  readonly keepWeekly: number;
  readonly keepMonthly: number;
  /** Share of the pool set aside for archives, in GiB. */
  readonly quotaGiB: number;
  /**
   * What is written anew on all volumes in a day, in MiB: the nightly dumps, and what changes. Snapshots keep it after it is gone.
   * @default - snapshots are not counted among what the pool must hold
   */
  readonly churnMiBPerDay?: number;
  /** The copy that survives the pool's disk. @default - there is none, and every synth says so */
  readonly offHost?: OffHostProps;
}

/** A storage that Proxmox VE has already, made by its installer or by hand. The house uses it, and neither makes nor removes it. */
export interface OtherStorageProps {
  /** Id in Proxmox VE, e.g. `local-lvm`. */
  readonly id: string;
  readonly type: 'dir' | 'lvm' | 'lvmthin' | 'zfspool' | 'nfs' | 'cifs' | 'pbs';
  /** What it takes, in GiB. */
  readonly sizeGiB: number;
  /** What it takes: `rootdir` disks of containers, `images` disks of virtual machines, or files. */
  readonly content: readonly ('rootdir' | 'images' | 'vztmpl' | 'iso' | 'import' | 'backup' | 'snippets')[];
}

/** Pool, datasets, and what Proxmox VE makes of them. */
export interface StorageProps {
  readonly pool: PoolProps;
  readonly datasets: readonly DatasetProps[];
  /** Dataset (below the pool) that holds the volumes of services, e.g. `data`. */
  readonly volumesDataset: string;
  /** Other storages of the host. @default - none that the house uses */
  readonly others?: readonly OtherStorageProps[];
  readonly backup: BackupProps;
}
