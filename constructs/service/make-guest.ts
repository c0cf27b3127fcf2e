import type { ITerraformDependable } from 'cdktf';
import type { Construct } from 'constructs';
import { Container } from '../proxmox/container';
import { VirtualMachine, type MachineOrigin } from '../proxmox/virtual-machine';
import { imageVolumeId, type ImageProps } from '../template/image';
import { vendorDataVolumeId } from '../template/template-variables';
import { cardsOf, startOrderOf, type HouseNetwork } from './guest';
import type { ServiceProps } from './service-props';
import { furtherDisksOf, vmMacOf } from './vm';
import type { VmProps } from './vm-props';

/** What a guest takes from the house. */
export interface GuestSite {
  readonly nodeName: string;
  readonly network: HouseNetwork;
  readonly domain: string;
  readonly nameservers: readonly string[];
  readonly sshKeys: readonly string[];
  readonly storageId: string;
  /** Image of containers that name none of their own. */
  readonly image: ImageProps;
  /** Template that machines are cloned from. */
  readonly template: { readonly vmId: number; readonly user: string };
  /** Place in the start order by what it needs, from 1. */
  readonly level: number;
  /** What must exist before the guest, when this stack makes it. */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/** What both kinds of guest are told alike. */
function common(props: ServiceProps, site: GuestSite) {
  return {
    nodeName: site.nodeName,
    vmId: props.vmId,
    description: props.purpose,
    tags: [props.tier, ...(props.tags ?? [])],
    cores: props.cores,
    cpuLimit: props.cpu?.limit,
    cpuUnits: props.cpu?.units,
    memoryMiB: props.memoryMiB,
    domain: site.domain,
    nameservers: site.nameservers,
    startOnBoot: props.startOnBoot ?? true,
    startup: startOrderOf(props, site.level),
    dependsOn: site.dependsOn,
  };
}

/** The container of a service. */
export function makeContainer(scope: Construct, props: ServiceProps, site: GuestSite): Container {
  return new Container(scope, 'Resource', {
    ...common(props, site),
    hostName: props.name,
    swapMiB: props.swapMiB ?? 512,
    diskGiB: props.diskGiB,
    storage: props.rootStorage ?? site.storageId,
    cards: cardsOf(props, site.network),
    sshKeys: site.sshKeys,
    os: (props.image ?? site.image).os,
    imageVolumeId: imageVolumeId(props.image ?? site.image),
    unprivileged: props.unprivileged ?? true,
    holdsData: props.data.kind === 'volumes',
  });
}

/** The virtual machine of a service. The disk of one that boots its own image is its data. */
export function makeVm(scope: Construct, props: ServiceProps, vm: VmProps, site: GuestSite): VirtualMachine {
  const root = { sizeGiB: props.diskGiB, storage: props.rootStorage ?? site.storageId };
  const cards = cardsOf(props, site.network).map((card, index) => (index === 0 ? { ...card, macAddress: vmMacOf(props) } : { ...card, macAddress: card.macAddress?.toUpperCase() }));
  return new VirtualMachine(scope, 'Resource', {
    ...common(props, site),
    name: props.name,
    origin: originOf(vm, site),
    cpuType: vm.cpuType ?? 'x86-64-v2-AES',
    balloonMiB: vm.balloonMiB ?? 0,
    disks: [root, ...furtherDisksOf(props, site.storageId)],
    uefi: vm.uefi ?? false,
    tpm: vm.tpm ?? false,
    pci: vm.pci ?? [],
    usb: vm.usb ?? [],
    agent: vm.from === 'template' || (vm.agent ?? false),
    cards,
    holdsData: props.data.kind === 'volumes' || vm.from !== 'template' || (vm.disks ?? []).length > 0,
  });
}

function originOf(vm: VmProps, { template, sshKeys }: GuestSite): MachineOrigin {
  if (vm.from !== 'template') return { kind: 'image', imageVolumeId: imageVolumeId(vm.from) };
  return { kind: 'clone', templateVmId: template.vmId, full: !(vm.linked ?? false), user: template.user, sshKeys, vendorDataVolumeId };
}
