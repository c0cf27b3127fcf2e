import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { exclusively } from '../../state/exclusive';

let base: string;
beforeEach(() => (base = mkdtempSync(join(tmpdir(), 'exclusive-'))));
afterEach(() => rmSync(base, { recursive: true }));

test('G4: the lock names its process from the first moment, and nothing is left of it', async () => {
  await exclusively({ base }, 'work', async () => expect(readFileSync(join(base, 'work.pid'), 'utf8')).toBe(String(process.pid)));
  expect(readdirSync(base)).toEqual([]);
});

test('of two at once the second is told who is at work', async () => {
  await exclusively({ base }, 'work', async () => {
    await expect(exclusively({ base }, 'work', async () => undefined)).rejects.toThrow(`another work is at work here (process ${process.pid})`);
  });
});

test('the lock of a process that is dead is taken over, and nothing is left of it', async () => {
  // Above the highest process id of Linux.
  writeFileSync(join(base, 'work.pid'), '4194305');
  expect(await exclusively({ base }, 'work', async () => readdirSync(base))).toEqual(['work.pid']);
  expect(readdirSync(base)).toEqual([]);
});
