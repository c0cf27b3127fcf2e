import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { ROOT, ScriptLab, type Run } from '../scripts/script-lab';

const PROGRAM = join(ROOT, 'ansible/roles/pve_backup/files/pve-backup-verify');
const GUEST = 'vzdump-lxc-101-2026_11_26-02_30_00.tar.zst';
const HOST = 'host-config-pve-20261126T033000Z.tar.zst';

let lab: ScriptLab;
beforeEach(() => {
  lab = new ScriptLab();
  lab.standIn('pvesh', `echo '[{"vmid":101},{"vmid":1000,"template":1}]'`);
  archive(join('dump', GUEST), { 'etc/hostname': 'n8n' });
  archive(join('host', HOST), { 'etc/pve/nodes/pve/lxc/101.conf': 'hostname: n8n', 'etc/hostid': 'x' });
});
afterEach(() => lab.remove());

function verify(): Run {
  const options = { 'dump-dir': 'dump', 'host-config-dir': 'host', 'textfile-dir': 'metrics', 'state-file': 'verified.json' };
  const args = Object.entries(options).flatMap(([name, path]) => [`--${name}`, lab.path(path)]);
  return lab.run(PROGRAM, [...args, '--max-age-hours', '26'], { interpreter: 'python3' });
}

/** A real archive below the lab's folder, made of files. */
function archive(path: string, files: Readonly<Record<string, string>>): void {
  const work = lab.path('work', path);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(work, name)), { recursive: true });
    writeFileSync(join(work, name), content);
  }
  mkdirSync(dirname(lab.path(path)), { recursive: true });
  const made = spawnSync('tar', ['--create', '--zstd', '--file', lab.path(path), '-C', work, '.', '--transform', 's,^\\./,,'], { encoding: 'utf8' });
  if (made.status !== 0) throw new Error(made.stderr);
}

const metrics = () => readFileSync(lab.path('metrics/pve-backup.prom'), 'utf8');

test('young archives that can be read are good, and a template needs none', () => {
  expect(verify()).toMatchObject({ code: 0, stdout: expect.stringContaining('2 newest backups checked, 0 problems') });
  expect(metrics()).toContain('pve_backup_newest_readable{of="101"} 1');
});

test('an old archive is told with its age, however well it can be read', () => {
  const old = new Date(Date.now() - 90 * 24 * 3600 * 1000);
  utimesSync(lab.path('dump', GUEST), old, old);
  expect(verify()).toMatchObject({ code: 1, stderr: expect.stringMatching(/newest backup of guest 101 is 2160 hours old, at most 26 are allowed/) });
  expect(metrics()).toMatch(/newest_timestamp_seconds\{of="101"\} \d+/);
});

test.each([
  ['its end is missing', (whole: Buffer) => whole.subarray(0, whole.length - 7)],
  ['one byte of it is another', (whole: Buffer) => Buffer.concat([whole.subarray(0, 20), Buffer.from([whole[20]! ^ 0xff]), whole.subarray(21)])],
  ['it is empty', () => Buffer.alloc(0)],
])('a broken archive is told when %s', (_, breakIt) => {
  const path = lab.path('dump', GUEST);
  writeFileSync(path, breakIt(readFileSync(path)));
  expect(verify()).toMatchObject({ code: 1, stderr: expect.stringContaining(`${GUEST} cannot be read`) });
  expect(metrics()).toContain('pve_backup_newest_readable{of="101"} 0');
});

test('an archive that went bad after it was found good is read again when it was written again', () => {
  expect(verify().code).toBe(0);
  writeFileSync(lab.path('dump', GUEST), 'nonsense');
  expect(verify()).toMatchObject({ code: 1, stderr: expect.stringContaining('cannot be read') });
});

test('a hollow archive of the host is told, each time', () => {
  archive(join('host', 'host-config-pve-20261127T033000Z.tar.zst'), { 'etc/pve/.keep': '', 'etc/hostid': 'x' });
  for (let night = 0; night < 2; night++) {
    expect(verify()).toMatchObject({ code: 1, stderr: expect.stringContaining('is hollow: it holds nothing of /etc/pve/nodes') });
    expect(metrics()).toContain('pve_backup_newest_readable{of="host"} 0');
  }
});

test('a guest without any archive is told, whatever lies beside it', () => {
  lab.standIn('pvesh', `echo '[{"vmid":101},{"vmid":102}]'`);
  writeFileSync(lab.path('dump', 'vzdump-lxc-102-2026_11_26-02_30_00.log'), 'failed');
  expect(verify()).toMatchObject({ code: 1, stderr: expect.stringContaining('guest 102 has no backup') });
});
