import type { Problem } from '../core/problem';
import type { HomelabProps } from '../homelab-props';
import type { OffHostTarget } from '../storage/off-host-props';

/** The copy elsewhere really lies elsewhere, keeps something, and goes to a machine that can be recognized. */
export function checkOffHost(lab: HomelabProps): Problem[] {
  const { offHost } = lab.storage.backup;
  if (!offHost) return [];
  const problems: Problem[] = [];
  const report = (rule: string, got: string, remedy: string): void => void problems.push({ path: 'foundation/storage', rule, got, remedy });
  if (offHost.keepDaily + offHost.keepWeekly + offHost.keepMonthly === 0) {
    report('the copy elsewhere keeps at least one copy', 'keepDaily, keepWeekly and keepMonthly are all 0', 'keep some days');
  }
  const { target } = offHost;
  const { nodeName } = lab.host;
  const places = [nodeName, `${nodeName}.${lab.domain}`, 'localhost', '127.0.0.1', lab.host.bridge.address.split('/')[0], ...lab.services.flatMap(({ name, address }) => [name, address, `${name}.${lab.domain}`])];
  if (places.includes(hostOf(target))) {
    report('the copy elsewhere lies on another machine than this house', `${target.kind} on '${hostOf(target)}'`, 'name a machine with a disk of its own');
  }
  if (target.kind === 'disk' && `${target.mountpoint}/`.startsWith(`/${lab.storage.pool.name}/`)) {
    report('the second disk is not the pool', target.mountpoint, `mount it outside /${lab.storage.pool.name}`);
  }
  if (target.kind === 'sftp' && !/^ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI[A-Za-z0-9+/]{43}$/.test(target.hostKey)) {
    report('the host key of the sftp target is one ed25519 key', `'${target.hostKey}'`, "write what 'ssh-keyscan -t ed25519 HOST' prints, without the name, after you compared it there");
  }
  return problems;
}

/** Name or address of the machine a target is on; nothing for a disk. */
function hostOf(target: OffHostTarget): string {
  if (target.kind === 'disk') return '';
  if (target.kind === 'sftp') return target.host;
  return new URL(target.kind === 's3' ? target.endpoint : target.url).hostname;
}
