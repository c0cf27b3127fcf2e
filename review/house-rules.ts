import type { HostChanges, RoleChange } from './document/ansible-changes';
import type { GuestFacts, Summary } from './document/house-version';
import { valueText, type LeafChange } from './document/leaf-changes';
import type { Finding } from './finding';

/** What the house is told differently outside of Terraform's plan. */
export interface HouseChange {
  readonly before: Summary | null;
  readonly after: Summary | null;
  readonly hosts: readonly HostChanges[];
  readonly roles: readonly RoleChange[];
}

/**
 * Judges what no plan shows: volumes, devices and versions are Ansible's, and Terraform is told to leave them alone.
 */
export function judgeHouse({ before, after, hosts, roles }: HouseChange): Finding[] {
  const stay = (before?.guests ?? []).flatMap((was) => {
    const is = after?.guests.find((guest) => guest.name === was.name);
    return is ? [[was, is] as const] : [];
  });
  const machine = (after ?? before)?.host.name;
  const lasting = hosts.filter(({ isNew, isGone }) => !isNew && !isGone);
  return [
    ...stay.flatMap(([was, is]) => volumeFindings(was, is)),
    ...lasting.filter(({ host }) => host !== machine).flatMap((host) => guestFindings(host)),
    ...lasting.filter(({ host, variables }) => host === machine && variables.length > 0).map(machineFinding),
    ...roles.filter(({ hosts: played }) => played.length > 0).map(roleFinding),
  ];
}

function volumeFindings(was: GuestFacts, is: GuestFacts): Finding[] {
  const lost = was.volumes.filter(({ dataset }) => !is.volumes.some((volume) => volume.dataset === dataset));
  const moved = was.volumes.flatMap((volume) => {
    const now = is.volumes.find(({ dataset }) => dataset === volume.dataset);
    return now ? [[volume, now] as const] : [];
  });
  return [
    ...lost.map(({ path, dataset }) => ({
      severity: 'loss' as const,
      rule: 'leaves-volume',
      subject: was.name,
      problem: `the volume ${path} is no longer mounted: the service starts without what is in ${dataset}`,
      remedy: `the dataset stays on the pool; copy it first, or keep the volume`,
    })),
    ...moved.filter(([old, now]) => old.path !== now.path).map(([old, now]) => ({
      severity: 'unclear' as const,
      rule: 'moves-volume',
      subject: was.name,
      problem: `${old.dataset} is mounted at ${now.path} instead of ${old.path}: what still looks at ${old.path} finds nothing`,
      remedy: 'make sure that the service reads the new path',
    })),
    ...moved.filter(([old, now]) => now.quotaGiB < old.quotaGiB).map(([old, now]) => ({
      severity: 'unclear' as const,
      rule: 'lowers-quota',
      subject: was.name,
      problem: `the quota of ${old.dataset} falls from ${old.quotaGiB} to ${now.quotaGiB} GiB: below what is used, ZFS refuses it or the service cannot write`,
      remedy: `look first: zfs get used ${old.dataset}`,
    })),
  ];
}

function guestFindings({ host, byRoot, variables, rolesGone }: HostChanges): Finding[] {
  const about = { subject: host };
  return [
    ...(byRoot.some(({ path }) => !/quota_gib$/.test(path))
      ? [{ ...about, severity: 'outage' as const, rule: 'attaches', problem: `root attaches something else to it, for which it is restarted: ${byRoot.map(({ path }) => path).join(', ')}`, remedy: 'do it when nobody is using it' }]
      : []),
    ...variables.filter(isRisingMajor).map((change) => ({
      ...about, severity: 'unclear' as const, rule: 'changes-major', problem: `${change.path} goes from ${valueText(change.before)} to ${valueText(change.after)}: another major version, or an older one, may not read the data that is there`, remedy: 'read its release notes, and have a backup of today',
    })),
    ...variables.filter(({ path, before, after }) => before !== undefined && after !== undefined && secretIn(before) !== secretIn(after) && path !== '').map(({ path }) => ({
      ...about, severity: 'unclear' as const, rule: 'changes-secret', problem: `${path} is read from another secret: what was made with the old one may not open`, remedy: 'give the new secret the old value, or know that the service can change it',
    })),
    ...variables.filter(({ path }) => /authorized_keys/.test(path)).map(({ path }) => ({
      ...about, severity: 'unclear' as const, rule: 'changes-access', problem: `${path} differs: other people may log in, or you may not`, remedy: 'keep a second way in open while it is applied',
    })),
    ...rolesGone.map((role) => ({
      ...about, severity: 'unclear' as const, rule: 'drops-role', problem: `the role ${role} is not played any more; what it has installed stays as it is`, remedy: 'remove by hand what shall go',
    })),
  ];
}

/** A version, a major or a digit before the first dot that is another one; a newer minor is everyday. */
function isRisingMajor({ path, before, after }: LeafChange): boolean {
  if (!/(_version|_major|_tag)$/.test(path) || before === undefined || after === undefined) return false;
  const [was, is] = [before, after].map((value) => String(value).replace(/^v/, '').split('.').map(Number));
  if (was[0] !== is[0]) return true;
  const at = was.findIndex((part, index) => part !== is[index]);
  return at > 0 && !((is[at] ?? 0) > was[at]);
}

const secretIn = (value: unknown): string => [...JSON.stringify(value).matchAll(/homelab_secrets\.(\w+)/g)].map(([, name]) => name).join();

const machineFinding = ({ host, variables }: HostChanges): Finding => ({
  severity: variables.some(({ path }) => /^zfs_setup_(pool|vdevs|mountpoint|datasets)/.test(path)) ? 'loss' : 'unclear',
  rule: 'changes-machine',
  subject: host,
  problem: `the machine itself is set up differently: ${variables.map(({ path }) => path).join(', ')}`,
  remedy: 'every guest stands on it: be near it when its play runs',
});

const roleFinding = ({ role, hosts, changes }: RoleChange): Finding => ({
  severity: 'unclear',
  rule: 'changes-code',
  subject: hosts.length > 3 ? `${hosts.length} hosts` : hosts.join(', '),
  problem: `the code of the role ${role} differs, and no rule can read what code does: ${changes.slice(0, 5).join('; ')}${changes.length > 5 ? ' …' : ''}`,
  remedy: 'read the difference in git',
});
