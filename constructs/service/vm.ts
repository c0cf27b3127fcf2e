import type { ServiceProps } from './service-props';
import { volumesOf } from './data';
import type { ImageProps } from '../template/image';

/** A disk of a machine behind its root disk. */
export interface FurtherDisk {
  readonly sizeGiB: number;
  /** PVE storage. */
  readonly storage: string;
  /** Serial number that the guest sees. @default - none */
  readonly serial?: string;
}

/** Disks of a machine behind the root disk: one for each volume, found by its serial number, then those of its own. */
export function furtherDisksOf({ data, vm }: ServiceProps, pool: string): FurtherDisk[] {
  return [
    ...volumesOf(data).map(({ name, quotaGiB }) => ({ sizeGiB: quotaGiB, storage: pool, serial: serialOf(name) })),
    ...(vm?.disks ?? []).map(({ sizeGiB, storage = pool }) => ({ sizeGiB, storage })),
  ];
}

/** Serial number of a volume's disk; QEMU cuts it after 20 characters, and a rule has seen that no two are the same. */
export function serialOf(volume: string): string {
  return `vol-${volume}`.slice(0, 20);
}

/** MAC address of a machine: its own, or one that follows from its VMID, since the provider cannot hand over one that Proxmox VE made. */
export function vmMacOf({ macAddress, vmId }: ServiceProps): string {
  // Proxmox VE keeps those of machines in capitals; its own begin with these three pairs as well.
  const hex = (vmId % 0x1000000).toString(16).padStart(6, '0');
  return (macAddress ?? `bc:24:11:${hex.replace(/..(?=.)/g, '$&:')}`).toUpperCase();
}

/** Image that a machine boots instead of a clone. */
export function ownImageOf({ vm }: ServiceProps): ImageProps | undefined {
  return vm && vm.from !== 'template' ? vm.from : undefined;
}
