import type { Problem } from '../core/problem';
import type { HomelabProps } from '../homelab-props';

/**
 * An unattended installation wipes the boot disk and no other, and the machine has the same network card afterwards.
 * Source: proxmox-auto-installer of Proxmox VE 9.1, which takes every one of these mistakes without a word.
 */
export function checkInstall(lab: HomelabProps): Problem[] {
  const { host } = lab;
  if (!host.install) return [];
  const problems: Problem[] = [];
  const report = (rule: string, got: string, remedy: string): void => void problems.push({ path: 'host', rule, got, remedy });

  for (const { serial } of host.disks) {
    // A filter is a glob: one that matches the pool's disk too wipes whichever comes first.
    if (serial !== undefined && !/^[A-Za-z0-9._-]+$/.test(serial)) {
      report('the installer finds the boot disk by its whole serial number, never by a pattern', `'${serial}'`, 'read it with lsblk -o NAME,SERIAL');
    }
  }
  const [port] = host.bridge.ports;
  if (!port || !/^[a-z][A-Za-z0-9_]{1,14}$/.test(port)) {
    report("the installer names the bridge's first port: a letter, then letters, digits and _, 2 to 15 in all", `'${port ?? 'no port'}'`, "name it like 'nic0'");
  }
  if (host.nameservers.length === 0) report('the installer wants a name server', 'none', "add one to 'nameservers', e.g. the router");
  if (host.mailTo?.endsWith('@example.invalid')) {
    report('the installer refuses its own placeholder as mail address', `'${host.mailTo}'`, "put in your own, or leave 'mailTo' out");
  }
  return problems;
}
