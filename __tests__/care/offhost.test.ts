import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { bringFromDebian } from '../helpers/debian';
import { noise, OffHostLab } from './offhost-lab';

jest.setTimeout(120_000);
beforeAll(() => bringFromDebian({ restic: 'restic', zstd: 'zstd' }));

let lab: OffHostLab;
beforeEach(() => {
  lab = new OffHostLab();
  writeFileSync(join(lab.data, 'letter.txt'), 'of the first day');
  writeFileSync(join(lab.data, 'photo.raw'), noise(3));
  writeFileSync(join(lab.backups, 'host-config.tar.zst'), 'keys');
  lab.moment('20261126T020000Z');
});
afterEach(() => lab.remove());

/** A copy that must succeed. */
function copied(): void {
  const run = lab.offhost('copy');
  if (run.code !== 0) throw new Error(`${run.stdout}\n${run.stderr}`);
}

/** Restores everything of a copy and gives the text of one file. */
function restored(path: string, copy = 'latest', target = lab.path('back')): string {
  const run = lab.offhost('restore', copy, path, '--target', target);
  if (run.code !== 0) throw new Error(run.stderr);
  return readFileSync(join(target, path), 'utf8');
}

test('the first copy makes the repository, encrypted, and everything comes back from it', () => {
  copied();
  expect(lab.copies()).toEqual([expect.objectContaining({ tags: ['moment-20261126T020000Z'] })]);
  const stored = Buffer.concat(lab.packs().map((path) => readFileSync(path)));
  expect(stored.includes('of the first day')).toBe(false);
  expect(lab.offhost('restore', 'latest', lab.data, '--target', lab.path('back')).code).toBe(0);
  for (const name of ['letter.txt', 'photo.raw']) {
    expect(readFileSync(join(lab.path('back'), lab.data, name)).equals(readFileSync(join(lab.data, name)))).toBe(true);
  }
  expect(readFileSync(lab.path('metrics/pve-backup-offhost-copied.prom'), 'utf8')).toMatch(/copied_timestamp_seconds \d{10}\n/);
});

test('volumes are copied as they were at the moment, not as they are now', () => {
  writeFileSync(join(lab.data, 'letter.txt'), 'half-written');
  copied();
  expect(restored(join(lab.data, 'letter.txt'))).toBe('of the first day');
  expect(readFileSync(join(lab.data, 'letter.txt'), 'utf8')).toBe('half-written');
});

test('a later copy sends only what changed, and both days can be had', () => {
  copied();
  const before = size(lab);
  writeFileSync(join(lab.data, 'letter.txt'), 'of the second day');
  lab.moment('20261127T020000Z');
  lab.configure({ keep: { daily: 7, weekly: 4, monthly: 3, last: 5 } });
  copied();
  expect(size(lab) - before).toBeLessThan(200_000);
  const [first] = lab.copies();
  expect(restored(join(lab.data, 'letter.txt'), first.id)).toBe('of the first day');
  expect(restored(join(lab.data, 'letter.txt'), 'latest', lab.path('later'))).toBe('of the second day');
});

test('killed in the middle, the next run goes on, and the repository is whole', async () => {
  copied();
  writeFileSync(join(lab.data, 'film.raw'), noise(12));
  lab.moment('20261127T020000Z');
  lab.configure({ upload_kib_per_sec: 2048 });
  const packs = lab.packs().length;
  const running = lab.startOffhost('copy');
  while (lab.packs().length === packs && running.exitCode === null) await sleep(50);
  expect(running.exitCode).toBeNull();
  process.kill(-running.pid!, 'SIGKILL');
  expect(lab.copies()).toHaveLength(1);
  lab.configure();
  copied();
  expect(lab.copies().at(-1)!.tags).toEqual(['moment-20261127T020000Z']);
  expect(lab.offhost('check').code).toBe(0);
  expect(lab.offhost('restore', 'latest', join(lab.data, 'film.raw'), '--target', lab.path('back')).code).toBe(0);
});

test('another restic that works in the repository is waited for', async () => {
  copied();
  const other = lab.startRestic('backup', '--stdin');
  while (lab.locks().length === 0 && other.exitCode === null) await sleep(50);
  const running = lab.startOffhost('copy');
  const [said] = (await once(running.stdout!, 'data')) as [Buffer];
  expect(`${said}`).toContain('another restic works in');
  other.stdin!.end('what somebody typed');
  const [code] = (await once(running, 'exit')) as [number];
  expect(code).toBe(0);
});

test('a full target fails, older copies stay whole, and with space again it goes on', () => {
  spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', lab.path('elsewhere')]);
  try {
    lab.configure({ mountpoint: lab.path('elsewhere') });
    copied();
    writeFileSync(join(lab.data, 'film.raw'), noise(10));
    lab.moment('20261127T020000Z');
    expect(lab.offhost('copy')).toMatchObject({ code: 1, stderr: expect.stringMatching(/no space left[^]*the copy is not whole.*full or gone/i) });
    expect(lab.copies()).toHaveLength(1);
    expect(restored(join(lab.data, 'letter.txt'))).toBe('of the first day');
    spawnSync('mount', ['-o', 'remount,size=64m', lab.path('elsewhere')]);
    copied();
    expect(lab.offhost('check').code).toBe(0);
  } finally {
    spawnSync('umount', ['-l', lab.path('elsewhere')]);
  }
});

test('a wrong password opens nothing and writes nothing', () => {
  copied();
  const before = lab.packs();
  lab.configure({ password: 'another-password-entirely' });
  expect(lab.offhost('copy')).toMatchObject({ code: 1, stderr: expect.stringContaining("made with another 'offhost_password'") });
  expect(lab.packs()).toEqual(before);
});

test.each([
  ['a byte of it is another', (path: string) => writeFileSync(path, flipped(readFileSync(path))), ['copy', 'check']],
  // restic asks for a missing file again and again for most of a minute, so it is asked once.
  ['a file of it is gone', (path: string) => rmSync(path), ['copy']],
])('a tampered repository is told when %s', (_, tamper, verbs) => {
  copied();
  lab.configure({ verify_percent: 100 });
  // The largest pack holds the photo; the cache of this host does not.
  const largest = lab.packs().sort((left, right) => statSync(right).size - statSync(left).size)[0];
  tamper(largest);
  for (const verb of verbs) expect(lab.offhost(verb)).toMatchObject({ code: 1, stderr: expect.stringContaining('DAMAGED') });
});

test('a repository that was there and is gone is not made anew in silence, nor is another taken for it', () => {
  copied();
  rmSync(lab.repository, { recursive: true });
  expect(lab.offhost('copy')).toMatchObject({ code: 1, stderr: expect.stringContaining('is gone; it was there before') });
  expect(existsSync(lab.repository)).toBe(false);
  mkdirSync(lab.repository);
  expect(lab.restic('init').code).toBe(0);
  expect(lab.offhost('copy')).toMatchObject({ code: 1, stderr: expect.stringContaining('another repository than before') });
});

test('nothing is written while the second disk is not mounted', () => {
  lab.configure({ mountpoint: lab.path('elsewhere') });
  expect(lab.offhost('copy')).toMatchObject({ code: 1, stderr: expect.stringContaining(`nothing is mounted at ${lab.path('elsewhere')}`) });
  expect(existsSync(lab.repository)).toBe(false);
});

test('nothing is copied while there is no moment', () => {
  rmSync(lab.path('snapshots'), { recursive: true });
  mkdirSync(lab.path('snapshots'));
  expect(lab.offhost('copy')).toMatchObject({ code: 1, stderr: expect.stringContaining('has no moment yet') });
});

test.each([
  ['a directory that holds something', (target: string) => writeFileSync(join(target, 'mine'), 'x'), 'is not empty'],
  ['a path that no copy holds', (target: string) => rmSync(target, { recursive: true }), 'holds no'],
])('nothing is restored to %s', (_, prepare, words) => {
  copied();
  const target = lab.path('back');
  mkdirSync(target);
  prepare(target);
  const path = words === 'holds no' ? '/no/such/file' : lab.data;
  expect(lab.offhost('restore', 'latest', path, '--target', target)).toMatchObject({ code: 1, stderr: expect.stringContaining(words) });
});

function size(of: OffHostLab): number {
  return of.packs().reduce((sum, path) => sum + statSync(path).size, 0);
}

function flipped(content: Buffer): Buffer {
  const other = Buffer.from(content);
  const middle = Math.floor(content.length / 2);
  other[middle] = other[middle]! ^ 0xff;
  return other;
}
