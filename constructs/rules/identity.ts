import { fixedAddresses } from '../adopted/adopted-props';
import { parseIpv4 } from '../core/ipv4';
import type { Problem } from '../core/problem';
import type { HomelabProps } from '../homelab-props';
import { pathOf } from './path';

const dnsLabel = /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/;
// A service is a construct beside these, and a machine beside the groups of the inventory.
const stackParts = ['adopted', 'backend', 'container-image', 'hand-over', 'local', 'null', 'proxmox', 'storage', 'template'];
// Names that every object of JavaScript has: the construct library and Terraform's JSON would trip over them.
const ofObjects = Object.getOwnPropertyNames(Object.prototype);
const inventoryGroups = ['all', 'apps', 'guests', 'metal', 'platform', 'ungrouped'];
const macAddress = /^([0-9a-f]{2}:){5}[0-9a-f]{2}$/;

/** Names, VMIDs, addresses and MACs: each well formed, each used once in the house. */
export function checkIdentity(lab: HomelabProps): Problem[] {
  return [...checkNames(lab), ...checkVmIds(lab), ...checkAddresses(lab), ...checkMacs(lab), ...checkTemplates(lab)];
}

function checkNames(lab: HomelabProps): Problem[] {
  const malformed = lab.services
    .filter((service) => !dnsLabel.test(service.name))
    .map((service) => ({
      path: pathOf(lab, service),
      rule: 'a name is a DNS label: lower-case letters, digits and dashes, a letter first, at most 63',
      got: `'${service.name}'`,
      remedy: 'rename it; the name is the host name as well',
    }));
  const reserved = {
    ...Object.fromEntries((lab.adopted ?? []).map(({ name }) => [name, adoptedOwner(name)])),
    ...Object.fromEntries((lab.retired ?? []).map(({ name }) => [name, retiredOwner(name)])),
    ...Object.fromEntries((lab.retiredTemplates ?? []).map(({ name }) => [name, retiredTemplateOwner(name)])),
    ...Object.fromEntries([...stackParts, ...inventoryGroups, ...ofObjects].map((part) => [part, 'a part of every house'])),
    [lab.host.nodeName]: 'the host',
    [lab.template.name]: 'the template',
    localhost: 'every machine itself',
  };
  return [...malformed, ...clashes(lab, 'name', (service) => service.name, reserved)];
}

function checkVmIds(lab: HomelabProps): Problem[] {
  const outside = lab.services
    .filter((service) => service.vmId < 100 || service.vmId > 999_999_999)
    .map((service) => ({
      path: pathOf(lab, service),
      rule: 'a VMID is 100 to 999999999; Proxmox VE keeps those below for itself',
      got: `${service.vmId}`,
      remedy: 'take a free number from 100 up',
    }));
  const reserved = {
    ...Object.fromEntries((lab.known ?? []).map(({ name, vmId }) => [vmId, knownOwner(name)])),
    ...Object.fromEntries((lab.adopted ?? []).map(({ name, vmId }) => [vmId, adoptedOwner(name)])),
    ...Object.fromEntries((lab.retired ?? []).map(({ name, vmId }) => [vmId, retiredOwner(name)])),
    ...Object.fromEntries((lab.retiredTemplates ?? []).map(({ name, vmId }) => [vmId, retiredTemplateOwner(name)])),
    [lab.template.vmId]: `the template '${lab.template.name}'`,
  };
  return [...outside, ...clashes(lab, 'VMID', (service) => String(service.vmId), reserved)];
}

function checkAddresses(lab: HomelabProps): Problem[] {
  const reserved = {
    ...Object.fromEntries((lab.known ?? []).flatMap(({ name, addresses = [] }) => addresses.map((address) => [String(parseIpv4(address)), knownOwner(name)]))),
    ...Object.fromEntries((lab.adopted ?? []).flatMap((guest) => fixedAddresses(guest).map((address) => [String(parseIpv4(address)), adoptedOwner(guest.name)]))),
    ...Object.fromEntries((lab.retired ?? []).map(({ name, address }) => [String(parseIpv4(address)), retiredOwner(name)])),
  };
  // Compared as numbers, so that two spellings of one address still clash.
  return clashes(lab, 'address', (service) => parseIpv4(service.address)?.toString(), reserved);
}

function checkMacs(lab: HomelabProps): Problem[] {
  const malformed = lab.services
    .filter((service) => service.macAddress !== undefined && !macAddress.test(service.macAddress))
    .map((service) => ({
      path: pathOf(lab, service),
      rule: 'a MAC address is six lower-case hex pairs with colons',
      got: `'${service.macAddress}'`,
      remedy: "write it like 'bc:24:11:00:00:01', or leave it out and Proxmox VE makes one",
    }));
  const reserved = Object.fromEntries([
    ...(lab.known ?? []).flatMap(({ name, macAddresses = [] }) => macAddresses.map((mac) => [mac, knownOwner(name)] as const)),
    ...(lab.adopted ?? []).flatMap(({ name, cards }) => cards.map(({ macAddress: mac }) => [mac, adoptedOwner(name)] as const)),
  ]);
  return [...malformed, ...clashes(lab, 'MAC address', (service) => service.macAddress, reserved)];
}

/** The present template is another machine than those it took the place of, for Proxmox VE and for Terraform. */
function checkTemplates({ template, retiredTemplates = [] }: HomelabProps): Problem[] {
  const rule = 'a renewed template has another name and another VMID than the one before';
  const clash = retiredTemplates.filter(({ name, vmId }) => name === template.name || vmId === template.vmId);
  return clash.map(({ name, vmId }) => ({ path: 'foundation/template', rule, got: `${vmId} '${name}' beside ${template.vmId} '${template.name}'`, remedy: 'give the new one both of its own, e.g. with the date of its image' }));
}

/** Whoever left keeps name, VMID and address until its guest is gone. */
const retiredOwner = (name: string): string => `the retired '${name}', whose guest is still there`;

/** A template that was renewed keeps name and VMID, for its clones. */
const retiredTemplateOwner = (name: string): string => `the renewed template '${name}', which is still there`;

/** Whoever is on the host already keeps VMID and addresses. */
const knownOwner = (name: string): string => `'${name}', a guest on the host that this house does not manage`;

/** Whoever was there before, and is in the state as it is. */
const adoptedOwner = (name: string): string => `the adopted '${name}'`;

/** Reports every service whose key was taken before it, by another service or by something reserved. */
function clashes(
  lab: HomelabProps,
  what: string,
  keyOf: (service: HomelabProps['services'][number]) => string | undefined,
  reserved: Readonly<Record<string, string>>,
): Problem[] {
  const owners = new Map(Object.entries(reserved));
  const problems: Problem[] = [];
  for (const service of lab.services) {
    const key = keyOf(service);
    if (key === undefined) continue;
    const owner = owners.get(key);
    if (owner === undefined) owners.set(key, `'${service.name}'`);
    else {
      const got = what === 'address' ? service.address : key;
      const rule = `a ${what} is used once in the house`;
      problems.push({ path: pathOf(lab, service), rule, got: `${got}, already of ${owner}`, remedy: `give it a ${what} of its own` });
    }
  }
  return problems;
}
