import { spawnSync } from 'node:child_process';
import { existsSync, lstatSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { inMemory, memoryFolder } from '../../common/memory';

test('clear text lies in memory, for its owner only, and is gone after the work, failed or not', async () => {
  let seen = '';
  const work = inMemory((folder) => {
    seen = folder;
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(readFileSync('/proc/mounts', 'utf8')).toMatch(/^\S+ \/dev\/shm tmpfs /m);
    throw new Error('no');
  });
  await expect(work).rejects.toThrow('no');
  expect(existsSync(seen)).toBe(false);
});

test('what a killed run left there goes with the next run; what belongs to a living one stays', () => {
  const { pid } = spawnSync('true');
  const [left, living] = [join('/dev/shm', `homelab-${pid}-left`), join('/dev/shm', `homelab-${process.ppid}-living`)];
  for (const folder of [left, living]) {
    mkdirSync(folder);
    writeFileSync(join(folder, 'secret'), 'value');
  }
  const own = memoryFolder();
  const found = [left, living].map((folder) => existsSync(folder));
  for (const folder of [left, living, own]) rmSync(folder, { recursive: true, force: true });
  expect(found).toEqual([false, true]);
});

test('a link that somebody planted there is neither followed nor a reason to stop, wherever it leads', () => {
  const { pid } = spawnSync('true');
  const links = [`/dev/shm/homelab-${pid}-nowhere`, `/dev/shm/homelab-${pid}-elsewhere`];
  symlinkSync('/nonexistent/place', links[0]!);
  symlinkSync(process.cwd(), links[1]!);
  try {
    rmSync(memoryFolder(), { recursive: true });
    expect(links.every((link) => lstatSync(link).isSymbolicLink())).toBe(true);
  } finally {
    for (const link of links) rmSync(link, { force: true });
  }
});
