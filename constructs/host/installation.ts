import type { Installation } from '../core/installation';
import { formatIpv4, parseCidr } from '../core/ipv4';
import type { HomelabProps } from '../homelab-props';

/** What keeps a house from being installed unattended: facts that nobody has declared yet, as sentences. */
export function missingForInstallation(lab: HomelabProps): string[] {
  if (!lab.host.install) return [];
  const disks = lab.host.disks.filter((disk) => disk.serial === undefined).map((disk) => `the serial number of the ${disk.purpose} disk (lsblk -o NAME,SERIAL)`);
  return [...disks, ...(lab.host.install.mac === undefined ? ['the address of the network card (ip link)'] : [])];
}

/**
 * The installation of a house's host. The pool's serial numbers are wanted too: only who knows both disks knows that
 * they are two.
 * @returns undefined when none is wished for, or facts are missing
 */
export function installationOf(lab: HomelabProps): Installation | undefined {
  const { host } = lab;
  if (!host.install || missingForInstallation(lab).length > 0) return undefined;
  const { address, prefix } = parseCidr(host.bridge.address)!;
  return {
    fqdn: `${host.nodeName}.${lab.domain}`,
    country: host.install.country,
    keyboard: host.install.keyboard,
    timezone: host.timezone,
    mailTo: host.mailTo ?? `root@${lab.domain}`,
    sshKeys: lab.sshKeys,
    installer: host.install.installer ?? 'proxmox',
    card: { mac: host.install.mac!, name: host.bridge.ports[0]! },
    address: formatIpv4(address),
    prefix,
    gateway: host.bridge.gateway,
    nameserver: host.nameservers[0]!,
    bootSerial: host.disks.find((disk) => disk.purpose === 'boot')!.serial!,
    rootGiB: host.rootGiB,
  };
}
