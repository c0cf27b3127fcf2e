import type { ImageProps } from '../template/image';

/** One more disk of a virtual machine, on which nothing of the house looks after the data. */
export interface VmDiskProps {
  /** Size in GiB; it may grow, never shrink. */
  readonly sizeGiB: number;
  /** Storage, one of `storage.others`. @default - the pool of the house */
  readonly storage?: string;
}

/** The hardware of a virtual machine. */
interface VmHardware {
  /** Processor that the guest sees, as QEMU names it; `host` ties it to this machine. @default 'x86-64-v2-AES' */
  readonly cpuType?: string;
  /** Memory that it gives back when the host runs short, down to this many MiB; the whole counts against the host. @default - it keeps all */
  readonly balloonMiB?: number;
  /** UEFI with a disk of its own for it. @default - as its template; BIOS with an image of its own */
  readonly uefi?: boolean;
  /** A TPM 2.0 with a disk of its own. @default false */
  readonly tpm?: boolean;
  /** PCI devices, by names of `host.mappings`. @default - none */
  readonly pci?: readonly string[];
  /** USB devices, by names of `host.mappings`. @default - none */
  readonly usb?: readonly string[];
  /** Disks after the root disk and those of volumes. New ones come last. @default - none */
  readonly disks?: readonly VmDiskProps[];
}

/** A machine cloned from the template: its user, keys and address by cloud-init, everything else by Ansible. */
export interface ClonedVmProps extends VmHardware {
  readonly from: 'template';
  /** Stands on the template's disk instead of copying it: quick and small, and the template has to stay. @default false */
  readonly linked?: boolean;
}

/** A machine that boots an image of its own, such as Home Assistant OS or a firewall; Ansible stays out of it. */
export interface ImageVmProps extends VmHardware {
  /** Disk image; its content type is `import`. */
  readonly from: ImageProps;
  /** Whether the image brings the QEMU guest agent, which is then waited for. @default false */
  readonly agent?: boolean;
}

/** A virtual machine in the place of a container. */
export type VmProps = ClonedVmProps | ImageVmProps;
