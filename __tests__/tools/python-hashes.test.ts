import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './ensure-tools';

const text = (name: string): string => readFileSync(join(ROOT, 'tools/python', name), 'utf8');
/** Name and version of every package, names as an index has them. */
const packages = (of: string): string[] => [...of.matchAll(/^([A-Za-z0-9._-]+)==(\S+)/gm)].map(([, name, version]) => `${name!.toLowerCase().replaceAll(/[._-]+/g, '-')}==${version}`).sort();

test('every pinned Python package has the checksums of its files, and no other has', () => {
  expect(packages(text('requirements.txt')).length).toBeGreaterThan(20);
  expect(packages(text('hashes.txt'))).toEqual(packages(text('requirements.txt')));
});

test('every entry has at least one checksum, and nothing else is in the file', () => {
  const entries = text('hashes.txt').replaceAll(/^#.*\n/gm, '').replaceAll('\\\n', ' ').trim().split('\n');
  for (const entry of entries) expect(entry).toMatch(/^[a-z0-9-]+==\S+( ; [^-]+)?\s+(--hash=sha256:[0-9a-f]{64}\s*)+$/);
});

test('pip is told to take only those', () => {
  expect(readFileSync(join(ROOT, 'tools/python.mjs'), 'utf8')).toContain("'--no-deps', '--require-hashes', '--requirement', HASHES]");
});
