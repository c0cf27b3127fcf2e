import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');
const LIST = join(__dirname, 'wheels.txt');
/** What the containers run: Debian 13's Python on amd64. */
const TARGET = ['--python-version', '3.13', ...['manylinux_2_28', 'manylinux_2_17', 'manylinux2014'].flatMap((name) => ['--platform', `${name}_x86_64`])];

/**
 * Folder with the real Python packages of wheels.txt, fetched on first use, each by its digest, and kept under .cache by
 * the hash of the list. Throws with pip's words when the index is out of reach.
 */
export function wheelsFolder(): string {
  const cache = join(ROOT, '.cache', 'drill');
  const folder = join(cache, `wheels-${createHash('sha256').update(readFileSync(LIST)).digest('hex').slice(0, 12)}`);
  if (existsSync(folder)) return folder;
  const partial = mkdtempSync(join(cache, 'wheels-partial-'));
  const pip = [join(ROOT, '.tools/python/bin/python'), '-m', 'pip', 'download', '--quiet', '--disable-pip-version-check', '--no-deps', '--only-binary', ':all:'];
  const [program, ...args] = [...pip, ...TARGET, '--require-hashes', '--dest', partial, '--requirement', LIST];
  const run = spawnSync(program!, args, { encoding: 'utf8', timeout: 300_000 });
  if (run.status !== 0) throw new Error(`the packages of ${LIST} cannot be fetched (is the package index there?): ${run.stderr || run.error?.message}`);
  try {
    renameSync(partial, folder);
  } catch (error) {
    // Another test file was quicker.
    if (!existsSync(folder)) throw error;
  }
  return folder;
}
