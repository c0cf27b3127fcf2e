import type { ITerraformDependable } from 'cdktf';
import type { Construct } from 'constructs';
import { VirtualEnvironmentVm } from '../../.gen/providers/proxmox/virtual-environment-vm';
import { canonicalTags, createTimeoutSec } from './guest-lifecycle';
import { networkDevice } from './network-card';

/** A virtual machine template with cloud-init. */
export interface VmTemplateProps {
  readonly nodeName: string;
  readonly vmId: number;
  readonly name: string;
  readonly cores: number;
  readonly memoryMiB: number;
  readonly diskGiB: number;
  /** PVE storage of the disks. */
  readonly storage: string;
  readonly bridge: string;
  readonly user: string;
  readonly sshKeys: readonly string[];
  /** Volume id of the cloud image, literally. */
  readonly imageVolumeId: string;
  /** Volume id of the vendor-data snippet that installs the guest agent; Ansible puts it there. */
  readonly vendorDataVolumeId: string;
  readonly dependsOn: readonly ITerraformDependable[];
}

/** The template. It never runs; clones of it do. */
export class VmTemplate extends VirtualEnvironmentVm {
  constructor(scope: Construct, id: string, props: VmTemplateProps) {
    super(scope, id, {
      nodeName: props.nodeName,
      vmId: props.vmId,
      name: props.name,
      description: 'Cloud-init template; clone it, do not start it',
      tags: canonicalTags(['template']),
      template: true,
      started: false,
      onBoot: false,
      protection: true,
      machine: 'q35',
      scsiHardware: 'virtio-scsi-single',
      bootOrder: ['scsi0'],
      operatingSystem: { type: 'l26' },
      cpu: { cores: props.cores, sockets: 1, type: 'host' },
      memory: { dedicated: props.memoryMiB },
      agent: { enabled: true },
      serialDevice: [{ device: 'socket' }],
      vga: { type: 'serial0' },
      disk: [
        {
          interface: 'scsi0',
          datastoreId: props.storage,
          importFromAttribute: props.imageVolumeId,
          size: props.diskGiB,
          discard: 'on',
          iothread: true,
          ssd: true,
        },
      ],
      initialization: {
        datastoreId: props.storage,
        interface: 'ide2',
        ipConfig: [{ ipv4: { address: 'dhcp' } }],
        userAccount: { username: props.user, keys: [...props.sshKeys] },
        vendorDataFileId: props.vendorDataVolumeId,
      },
      timeoutCreate: createTimeoutSec,
      dependsOn: [...props.dependsOn],
      lifecycle: {
        // A renewed image makes a new template under a new VMID; this one keeps its clones alive.
        ignoreChanges: ['disk[0].import_from', 'initialization[0].user_account'],
        preventDestroy: true,
      },
    });
    this.overrideLogicalId(props.name);
    this.addOverride('network_device', [networkDevice({ bridge: props.bridge })]);
  }
}
