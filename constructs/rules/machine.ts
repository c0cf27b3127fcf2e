import type { Problem } from '../core/problem';
import type { HomelabProps } from '../homelab-props';

const kernelForm = /^\d+\.\d+\.\d+-\d+-pve$/;

/** The physical machine: ports for its disks, a zone and a kernel that exist, a token that is one. */
export function checkMachine(lab: HomelabProps): Problem[] {
  const { host } = lab;
  const problems: Problem[] = [];
  const report = (rule: string, got: string, remedy: string): void => void problems.push({ path: 'host', rule, got, remedy });

  const sata = host.disks.filter((disk) => disk.sata).length;
  if (sata > host.sataPorts) report(`the board has ${host.sataPorts} SATA ports`, `${sata} SATA disks`, 'remove disks, or correct sataPorts');
  const boot = host.disks.filter((disk) => disk.purpose === 'boot').length;
  if (boot !== 1) report('exactly one disk is the boot disk', `${boot}`, "mark one disk as purpose 'boot'");
  const serials = host.disks.flatMap((disk) => disk.serial ?? []);
  const repeated = serials.find((serial, index) => serials.indexOf(serial) !== index);
  if (repeated) report('a disk serial is unique; the installer wipes the disk it names', repeated, 'read them again with lsblk -o NAME,SERIAL');
  if (host.timezone === 'Etc/UTC' || !/^([A-Z][A-Za-z_]+\/[A-Z][A-Za-z_/-]+|UTC)$/.test(host.timezone)) {
    report('a timezone is Area/City, or UTC (the installer refuses Etc/UTC)', `'${host.timezone}'`, "write it like 'Europe/Warsaw'");
  }
  if (!kernelForm.test(host.kernel)) report('a kernel is named as Proxmox VE names it', `'${host.kernel}'`, "write it like '6.17.4-2-pve'");
  if (!/^[^\s@]+@(pve|pam)$/.test(host.apiToken.user) || host.apiToken.user === 'root@pam') {
    report('the API token belongs to a restricted user, never to root@pam', `'${host.apiToken.user}'`, "use a user like 'terraform@pve'");
  }
  return problems;
}
