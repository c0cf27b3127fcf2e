import { mkdirSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';

import { ROOT, ScriptLab, type Run } from '../scripts/script-lab';

const PROGRAM = join(ROOT, 'ansible/roles/pve_backup/files/pve-host-config-backup');

let lab: ScriptLab;
let archives: string;
beforeEach(() => {
  lab = new ScriptLab();
  archives = lab.path('host-config');
  // What is asked about the folder is answered as on a pool; what is asked about /etc/pve is answered by the real program.
  lab.standIn('findmnt', `case "$*" in *--mountpoint*) exec /usr/bin/findmnt "$@" ;; *) echo zfs ;; esac`);
  for (const name of ['zpool', 'zfs', 'lsblk']) lab.standIn(name, 'echo report');
});
afterEach(() => lab.remove());

/** Runs the program where /etc is a layer of its own, dressed by `prepare`; nothing of this machine's /etc changes. */
function backup(prepare: string, keep = 30): Run {
  for (const name of ['upper', 'work']) mkdirSync(lab.path(name), { recursive: true });
  const layers = `lowerdir=/etc,upperdir=${lab.path('upper')},workdir=${lab.path('work')}`;
  const script = `mount -t overlay overlay -o ${layers} /etc && ${prepare} && exec sh ${PROGRAM} --pool tank --dir ${archives} --keep ${keep} /etc/pve /etc/hostname`;
  const wrapper = lab.path('wrapper.sh');
  writeFileSync(wrapper, `exec unshare --mount --propagation private sh -c '${script}'\n`);
  return lab.run(wrapper, []);
}

const mounted = `mkdir -p /etc/pve && mount -t tmpfs tmpfs /etc/pve && mkdir -p /etc/pve/nodes/${hostname()}/lxc && echo x >/etc/pve/nodes/${hostname()}/lxc/101.conf`;
const kept = () => readdirSync(archives).sort();

test('archives the configuration of the host, readable by root alone', () => {
  expect(backup(mounted)).toMatchObject({ code: 0 });
  const [archive] = kept();
  expect(statSync(join(archives, archive)).mode & 0o777).toBe(0o600);
  const listing = spawnSync('tar', ['--list', '--zstd', '--file', join(archives, archive)], { encoding: 'utf8' }).stdout;
  expect(listing).toContain(`etc/pve/nodes/${hostname()}/lxc/101.conf`);
});

test.each([
  ['is not mounted yet, as when a timer catches up at boot', 'mkdir -p /etc/pve', 'is not mounted'],
  ['is mounted and empty', 'mkdir -p /etc/pve && mount -t tmpfs tmpfs /etc/pve', `has no nodes/${hostname()}`],
  ['belongs to another host', 'mkdir -p /etc/pve && mount -t tmpfs tmpfs /etc/pve && mkdir -p /etc/pve/nodes/other', `has no nodes/${hostname()}`],
])('makes no archive while /etc/pve %s, and prunes none', (_, prepare, words) => {
  mkdirSync(archives);
  const old = archiveNames(3);
  for (const name of old) writeFileSync(join(archives, name), 'good');
  expect(backup(prepare, 1)).toMatchObject({ code: 1, stderr: expect.stringContaining(words) });
  expect(kept()).toEqual(old);
});

test('keeps the newest archives by the time in their names, and nothing else is touched', () => {
  mkdirSync(archives);
  const own = archiveNames(5);
  const others = ['host-config-other-20260101T000000Z.tar.zst', 'notes.txt', `host-config-${hostname()}-20260101T000000Z.tar.zst.partial`];
  for (const name of [...own, ...others]) writeFileSync(join(archives, name), 'good');
  // The oldest by name was touched last: the time of the file says nothing.
  utimesSync(join(archives, own[0]), new Date(), new Date());
  expect(backup(mounted, 3)).toMatchObject({ code: 0 });
  const mine = kept().filter((name) => !others.includes(name));
  expect(mine).toHaveLength(3);
  expect(mine.slice(0, 2)).toEqual(own.slice(3));
  expect(kept()).toEqual(expect.arrayContaining(others));
});

/** Names of archives of this host, one a day, oldest first. */
function archiveNames(count: number): string[] {
  return Array.from({ length: count }, (_, day) => `host-config-${hostname()}-2026010${day + 1}T033000Z.tar.zst`);
}
