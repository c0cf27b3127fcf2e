import { parseCidr } from '../core/ipv4';
import type { Problem } from '../core/problem';
import type { HomelabProps } from '../homelab-props';
import { volumesOf } from '../service/data';
import type { ServiceProps } from '../service/service-props';
import { serialOf } from '../service/vm';
import type { VmProps } from '../service/vm-props';
import { pathOf } from './path';

type Report = (rule: string, got: string, remedy: string) => void;

/** A virtual machine asks for nothing that only a container has, and for no hardware that is not there. */
export function checkVms(lab: HomelabProps): Problem[] {
  return lab.services.flatMap((service) => {
    const { vm } = service;
    if (!vm) return [];
    const problems: Problem[] = [];
    const report: Report = (rule, got, remedy) => void problems.push({ path: pathOf(lab, service), rule, got, remedy });
    checkContainersFields(service, report);
    checkHardware(lab, service, vm, report);
    if (vm.from === 'template') checkClone(lab, service, report);
    else checkOwnImage(service, report);
    if (service.name === lab.state.service) report('the store of the state is a container: it comes before there is a template', 'vm', "drop 'vm' here");
    return problems;
  });
}

/** Fields that mean nothing in a machine, each with what does. */
const containersOnly: Readonly<Partial<Record<keyof ServiceProps, string>>> = {
  swapMiB: 'let its role make a swap file',
  gpu: "map the card and name the mapping in 'vm.pci'",
  unprivileged: 'drop it: a machine has a kernel of its own',
  image: "name the image as 'vm.from'",
  features: 'drop them: a machine has a kernel of its own',
  devices: "map the device and name the mapping in 'vm.usb' or 'vm.pci'",
  binds: 'share the folder over the network, e.g. by NFS',
  idMap: 'drop it: a machine has ids of its own',
};

function checkContainersFields(service: ServiceProps, report: Report): void {
  for (const [field, remedy] of Object.entries(containersOnly)) {
    if (service[field as keyof ServiceProps] !== undefined) report(`'${field}' belongs to containers`, `${field} of a virtual machine`, remedy);
  }
}

function checkHardware({ host, storage }: HomelabProps, { memoryMiB, data }: ServiceProps, vm: VmProps, report: Report): void {
  if (memoryMiB < 64) report('a virtual machine has 64 MiB or more', `${memoryMiB}`, "raise 'memoryMiB'");
  if (vm.balloonMiB !== undefined && vm.balloonMiB > memoryMiB) report('ballooning goes below the memory of a machine', `${vm.balloonMiB} of ${memoryMiB} MiB`, "lower 'vm.balloonMiB'");
  const known = host.mappings ?? [];
  for (const name of [...(vm.pci ?? []), ...(vm.usb ?? [])].filter((mapping) => !known.includes(mapping))) {
    report(`a device is mapped on the host: ${known.join(', ') || 'none is'}`, `'${name}'`, "map it in Proxmox VE (Datacenter, Resource Mappings) and name it in 'host.mappings'");
  }
  const storages = new Map([[storage.pool.name, true], ...(storage.others ?? []).map(({ id, content }) => [id, content.includes('images')] as const)]);
  for (const { storage: id } of vm.disks ?? []) {
    if (id !== undefined && !storages.get(id)) report("a disk of a machine lies on a storage of the house that takes 'images'", `'${id}'`, "correct it, or declare it in 'storage.others'");
  }
  const volumes = volumesOf(data).map(({ name }) => name);
  const alike = volumes.find((name, index) => volumes.findIndex((other) => serialOf(other) === serialOf(name)) < index);
  if (alike !== undefined) report('volumes of a machine differ in their first 16 letters, by which their disks are told apart', `'${alike}'`, 'rename it');
  if (1 + volumes.length + (vm.disks ?? []).length > 31) report('a machine has 31 disks at most', `${1 + volumes.length + (vm.disks ?? []).length}`, 'use fewer volumes');
}

/** A clone begins with the template's disk, which only grows. */
function checkClone({ template }: HomelabProps, { diskGiB }: ServiceProps, report: Report): void {
  if (diskGiB < template.diskGiB) report(`the root disk of a clone is as large as its template's ${template.diskGiB} GiB, or larger`, `${diskGiB} GiB`, "raise 'diskGiB'");
}

/** Nothing of the house gets into a machine that boots its own image: what would have to be done inside cannot be asked for. */
function checkOwnImage({ data, health, role, settings, network, extraCards }: ServiceProps, report: Report): void {
  const inside = 'nobody looks into a machine that boots an image of its own';
  if (data.kind === 'volumes') report(inside, 'keeps(…)', "say disposable('its root disk is its data'): the disk is protected and in every backup");
  if (health.kind === 'command') report(inside, 'a health check by command', 'ask one of its ports');
  if (role !== undefined || settings !== undefined) report(inside, "'role' or 'settings'", 'drop them, and configure it in its own interface');
  if (network?.ipv6 !== undefined || (extraCards ?? []).some(({ address, ipv6 }) => typeof ipv6 === 'object' || (address !== undefined && parseCidr(address)))) {
    report(inside, 'an address of another card, or IPv6', 'set it in its own interface; the definition wires the card only');
  }
}
