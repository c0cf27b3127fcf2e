import type { Guest } from './guest';

/** One PVE node as plain data: what is on it, and nothing that acts. Sizes are what was promised, not blocks in use. */
export interface PveNode {
  name: string;
  /** Version of Proxmox VE, such as `9.1.5`. */
  version: string;
  cores: number;
  memoryMiB: number;
  bridges: string[];
  disks: Disk[];
  storages: Storage[];
  /** Templates, images and other files, and the disks of guests. */
  volumes: Volume[];
  guests: Guest[];
  pools: ResourcePool[];
  tokens: Token[];
  /** What the internet serves now; an address not listed is served as {@link DEFAULT_DOWNLOAD_MIB}. */
  downloads: Download[];
  tasks: Task[];
  /** Failures to be had on purpose. */
  faults: Fault[];
}

/** Size of a download nothing is said about. */
export const DEFAULT_DOWNLOAD_MIB = 128;

/** Where bytes end up: a zpool or a mounted filesystem. */
export interface Disk {
  /** Name of the zpool, or mount point of the filesystem. */
  name: string;
  kind: 'zpool' | 'filesystem';
  sizeGiB: number;
  /** Held by what is no volume of PVE, such as the operating system. */
  usedGiB: number;
}

/** A storage definition. */
export interface Storage {
  id: string;
  type: 'dir' | 'zfspool';
  /** Zpool or dataset for `zfspool`, folder for `dir`. */
  location: string;
  content: string[];
  /** Nodes that may use it; empty means all. */
  nodes: string[];
  disable: boolean;
  shared: boolean;
  /** Settings that change nothing in the rehearsal, as given. */
  settings: Record<string, unknown>;
}

/** A file or a guest's disk on a storage. */
export interface Volume {
  /** Such as `tank:subvol-102-disk-0`. */
  volid: string;
  storage: string;
  content: string;
  sizeGiB: number;
  /** Guest it belongs to. */
  vmid?: number;
}

/** A resource pool. */
export interface ResourcePool {
  poolid: string;
  comment: string;
  /** VMIDs as numbers, storages as text. */
  members: (number | string)[];
}

/** An API token and what it may do on the whole tree. */
export interface Token {
  /** Such as `terraform@pve!rehearsal`. */
  id: string;
  secret: string;
  privileges: string[];
}

/** A file the internet serves; the address `*` stands for every one. */
export interface Download {
  url: string;
  sizeMiB: number;
}

/** A finished task; the rehearsal has no clock, so every task ends in the moment it starts. */
export interface Task {
  upid: string;
  /** Such as `vzcreate`, `vzreboot`, `download`. */
  type: string;
  /** VMID, or what the task is about. */
  id: string;
  authId: string;
  /** `OK`, or PVE's words. */
  exitStatus: string;
}

/** The nth guest to be created fails, on every attempt. */
export interface Fault {
  nthGuest: number;
  /** PVE's words. */
  reason: string;
}
