/** A container or a virtual machine. */
export type Guest = Container | VirtualMachine;

/** What both kinds have. */
export interface GuestBase {
  vmid: number;
  /** Hostname of a container, name of a virtual machine. */
  name: string;
  status: 'running' | 'stopped';
  template: boolean;
  protection: boolean;
  onboot: boolean;
  description: string;
  /** Lower case, sorted. */
  tags: string[];
  memoryMiB: number;
  cores: number;
  networks: Network[];
}

/** A network interface. */
export interface Network {
  /** `eth0`; empty for a virtual machine. */
  name: string;
  bridge: string;
  mac: string;
  /** Addresses in CIDR form, `dhcp`, or empty. */
  ip: string;
  gateway: string;
  ip6: string;
  gateway6: string;
  /** VLAN, rate, firewall and other settings, as given. */
  settings: Record<string, unknown>;
}

/** A root disk or a mount point. */
export interface Mount {
  /** `tank:subvol-102-disk-0`, or the host path of a bind mount. */
  volume: string;
  /** PVE's spelling, such as `20G`; empty for a bind mount. */
  size: string;
  /** Path inside the container; empty for the root disk. */
  path: string;
  /** Flags and options, as given. */
  settings: Record<string, unknown>;
}

/** An LXC container. */
export interface Container extends GuestBase {
  kind: 'lxc';
  unprivileged: boolean;
  swapMiB: number;
  ostype: string;
  /** Feature flags that were ever written, as PVE keeps them. */
  features: Record<string, unknown>;
  rootfs: Mount;
  mounts: Mount[];
  /** Passed devices, in order. */
  devices: Record<string, unknown>[];
  nameserver: string;
  searchdomain: string;
  /** Startup order, console, hook script, environment and others, as given. */
  settings: Record<string, unknown>;
}

/** A QEMU virtual machine. */
export interface VirtualMachine extends GuestBase {
  kind: 'qemu';
  agent: boolean;
  /** VMID of the template that its disks stand on; absent when they stand on nothing. */
  base?: number;
  disks: VmDisk[];
  /** Everything the rehearsal keeps and gives back without acting on it. */
  settings: Record<string, unknown>;
}

/** A disk of a virtual machine. */
export interface VmDisk {
  /** Such as `scsi0`. */
  slot: string;
  volume: string;
  sizeGiB: number;
}
