import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { exclusively, holderOf } from '../../common/exclusive';

let base: string;
beforeEach(() => (base = mkdtempSync(join(tmpdir(), 'exclusive-'))));
afterEach(() => rmSync(base, { recursive: true }));

const lock = (): string => join(base, 'work.lock');

test('G4: the lock names its process from the first moment, and nothing is left of it', async () => {
  await exclusively({ base }, 'work', async () => expect(JSON.parse(readFileSync(lock(), 'utf8'))).toMatchObject({ pid: process.pid }));
  expect(readdirSync(base)).toEqual([]);
});

test('of two at once the second is told who is at work: what was typed, since when, in which process', async () => {
  await exclusively({ base }, 'work', async () => {
    await expect(exclusively({ base }, 'work', async () => undefined)).rejects.toThrow(
      new RegExp(`^'\\S*jest.*' is at work here since 20\\d\\d-\\S+Z \\(process ${process.pid}\\); nothing was run`),
    );
    // Another work in the same folder is none of its business.
    expect(await exclusively({ base }, 'other', async () => 'done')).toBe('done');
  });
  expect(holderOf(base, 'work')).toBeUndefined();
});

test('a refusal, or a crash, lets go of the lock', async () => {
  await expect(exclusively({ base }, 'work', () => Promise.reject(new Error('crash')))).rejects.toThrow('crash');
  expect(readdirSync(base)).toEqual([]);
});

describe.each([
  // Above the highest process id of Linux.
  ['of a process that is dead', () => ({ pid: 4_194_305, began: '1' })],
  ['of a process whose id another one has now', () => ({ pid: process.pid, began: '1' })],
])('the lock %s', (_whose, holder) => {
  test('is taken over, and nothing is left of it', async () => {
    writeFileSync(lock(), JSON.stringify({ ...holder(), command: 'apply', since: '2026-01-01T00:00:00Z' }));
    expect(holderOf(base, 'work')).toBeUndefined();
    expect(await exclusively({ base }, 'work', async () => readdirSync(base))).toEqual(['work.lock']);
    expect(readdirSync(base)).toEqual([]);
  });
});

test('a lock that nobody can read, as of an earlier version or a full disk, is a leftover', async () => {
  for (const text of ['', '{', '4194305']) {
    writeFileSync(lock(), text);
    expect(await exclusively({ base }, 'work', async () => 'done')).toBe('done');
  }
});

test('a process that is killed holds nothing any more', async () => {
  const child = spawn('sleep', ['60']);
  await once(child, 'spawn');
  const began = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ')[19];
  writeFileSync(lock(), JSON.stringify({ pid: child.pid, began, command: 'apply', since: '2026-01-01T00:00:00Z' }));
  expect(holderOf(base, 'work')).toMatchObject({ pid: child.pid });
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(holderOf(base, 'work')).toBeUndefined();
});
