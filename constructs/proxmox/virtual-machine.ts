import type { ITerraformDependable } from 'cdktf';
import type { Construct } from 'constructs';
import { VirtualEnvironmentVm } from '../../.gen/providers/proxmox/virtual-environment-vm';
import { canonicalTags, createTimeoutSec, literalText, type StartOrder } from './guest-lifecycle';
import { ipConfigOf, networkDevice, type NetworkCard } from './network-card';

/** A disk of a machine. */
export interface MachineDisk {
  readonly sizeGiB: number;
  readonly storage: string;
  /** Serial number that the guest sees. @default - none */
  readonly serial?: string;
}

/** What a machine is made of: a template that is cloned, or an image that becomes its first disk. */
export type MachineOrigin =
  | { readonly kind: 'clone'; readonly templateVmId: number; readonly full: boolean; readonly user: string; readonly sshKeys: readonly string[]; readonly vendorDataVolumeId: string }
  | { readonly kind: 'image'; readonly imageVolumeId: string };

/** A virtual machine as this house makes them. Everything is spelled out; provider defaults are never relied on. */
export interface VirtualMachineProps {
  readonly nodeName: string;
  readonly vmId: number;
  readonly name: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly origin: MachineOrigin;
  readonly cores: number;
  readonly cpuType: string;
  readonly cpuLimit?: number;
  readonly cpuUnits?: number;
  readonly memoryMiB: number;
  /** Least memory after ballooning, MiB; 0 keeps all. */
  readonly balloonMiB: number;
  /** Disks, the root disk first. */
  readonly disks: readonly MachineDisk[];
  readonly uefi: boolean;
  readonly tpm: boolean;
  /** Names of mappings of PCI devices. */
  readonly pci: readonly string[];
  /** Names of mappings of USB devices. */
  readonly usb: readonly string[];
  /** Whether the guest agent answers; nothing waits for one that does not. */
  readonly agent: boolean;
  readonly cards: readonly NetworkCard[];
  readonly domain: string;
  readonly nameservers: readonly string[];
  readonly startOnBoot: boolean;
  readonly startup: StartOrder;
  /** Whether data hangs on it: then neither Terraform nor Proxmox VE may remove it. */
  readonly holdsData: boolean;
  readonly dependsOn?: readonly ITerraformDependable[];
}

/**
 * What belongs to the making of a machine: another template, image, key or snippet would replace the one that runs. What PVE
 * says of the network beyond the definition is read back as it is.
 */
export const ignoredOfMachines = [
  'clone',
  'disk[0].import_from',
  'initialization[0].user_account',
  'initialization[0].vendor_data_file_id',
] as const;

/** One virtual machine. Its Terraform address is its name. */
export class VirtualMachine extends VirtualEnvironmentVm {
  constructor(scope: Construct, id: string, props: VirtualMachineProps) {
    const { origin } = props;
    const [root] = props.disks;
    super(scope, id, {
      nodeName: props.nodeName,
      vmId: props.vmId,
      name: props.name,
      description: literalText(props.description),
      tags: canonicalTags(props.tags),
      template: false,
      started: true,
      onBoot: props.startOnBoot,
      startup: { ...props.startup },
      protection: props.holdsData,
      // Without an agent a shutdown is a wish: a destroy that was meant must not hang on it.
      stopOnDestroy: !props.agent,
      machine: 'q35',
      bios: props.uefi ? 'ovmf' : 'seabios',
      scsiHardware: 'virtio-scsi-single',
      bootOrder: ['scsi0'],
      operatingSystem: { type: 'l26' },
      cpu: { cores: props.cores, sockets: 1, type: props.cpuType, limit: props.cpuLimit, units: props.cpuUnits },
      memory: { dedicated: props.memoryMiB, floating: props.balloonMiB },
      agent: { enabled: props.agent, timeout: '5m' },
      serialDevice: [{ device: 'socket' }],
      vga: { type: origin.kind === 'clone' ? 'serial0' : 'std' },
      clone: origin.kind === 'clone' ? { vmId: origin.templateVmId, full: origin.full, datastoreId: origin.full ? root.storage : undefined, retries: 1 } : undefined,
      disk: props.disks.map((disk, index) => ({
        interface: `scsi${index}`,
        datastoreId: disk.storage,
        importFromAttribute: index === 0 && origin.kind === 'image' ? origin.imageVolumeId : undefined,
        size: disk.sizeGiB,
        serial: disk.serial,
        discard: 'on',
        iothread: true,
        ssd: true,
      })),
      efiDisk: props.uefi ? { datastoreId: root.storage, type: '4m', preEnrolledKeys: false } : undefined,
      tpmState: props.tpm ? { datastoreId: root.storage, version: 'v2.0' } : undefined,
      hostpci: props.pci.length > 0 ? props.pci.map((mapping, index) => ({ device: `hostpci${index}`, mapping, pcie: true })) : undefined,
      usb: props.usb.length > 0 ? props.usb.map((mapping) => ({ mapping })) : undefined,
      initialization: origin.kind === 'clone' ? cloudInit(props, origin, root.storage) : undefined,
      timeoutClone: createTimeoutSec,
      timeoutCreate: createTimeoutSec,
      dependsOn: props.dependsOn && [...props.dependsOn],
      lifecycle: {
        ignoreChanges: ignoredOfMachines.filter((path) => origin.kind === 'clone' ? path !== 'disk[0].import_from' : path === 'disk[0].import_from'),
        preventDestroy: props.holdsData || undefined,
      },
    });
    this.overrideLogicalId(props.name);
    this.addOverride('network_device', props.cards.map(networkDevice));
  }
}

function cloudInit(props: VirtualMachineProps, origin: Extract<MachineOrigin, { readonly kind: 'clone' }>, storage: string) {
  return {
    datastoreId: storage,
    interface: 'ide2',
    dns: { domain: props.domain, servers: [...props.nameservers] },
    ipConfig: ipConfigOf(props.cards),
    userAccount: { username: origin.user, keys: [...origin.sshKeys] },
    vendorDataFileId: origin.vendorDataVolumeId,
  };
}
