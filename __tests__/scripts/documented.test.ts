import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { ROOT } from '../tools/ensure-tools';
import { code, PAGES, read, SCRIPTS, TARGETS, unknownOfHouse } from './documented';

test('there is something to look through', () => {
  expect(PAGES.length).toBeGreaterThan(30);
  expect(TARGETS).toEqual(expect.arrayContaining(['synth', 'deploy', 'clean']));
});

test.each(PAGES)('G7 E10: every npm script, verb of make and script that %s names exists', (page) => {
  const lines = code(read(page));
  const missing = lines.flatMap((line) => [
    ...[...line.matchAll(/\bnpm run (?:--silent )?([a-z][\w-]*)/g)].filter(([, name]) => !SCRIPTS.includes(name!)).map(([found]) => found),
    ...[...line.matchAll(/^make ([a-z][a-z-]*)/g)].filter(([, name]) => !TARGETS.includes(name!)).map(([found]) => found),
    ...[...line.matchAll(/(?:^|\s)(scripts\/[\w./-]*\w)/g)].filter(([, path]) => !existsSync(join(ROOT, path!))).map(([, path]) => path!),
  ]);
  expect(missing).toEqual([]);
});

test.each(PAGES)('G7: every verb of ./house that %s names exists, with its options', (page) => {
  expect(code(read(page)).flatMap(unknownOfHouse)).toEqual([]);
});

test('G7: a verb and an option that are none are found', () => {
  expect(unknownOfHouse('./house state aply services')).toHaveLength(1);
  expect(unknownOfHouse('./house state apply services --force')).toHaveLength(1);
  expect(unknownOfHouse('npm run state -- apply services --force')).toHaveLength(1);
  expect(unknownOfHouse('./house secrets exec --real -- npx cdktf deploy --auto-approve')).toEqual([]);
});

test('G7: no page pipes a plan past the judge, or applies one by hand', () => {
  const bare = PAGES.flatMap((page) => code(read(page)).filter((line) => /^(terraform|tofu) (apply|destroy|plan -out)\b/.test(line.trim())).map((line) => `${page}: ${line}`));
  expect(bare).toEqual([]);
});

test.each([
  ['bootstrap', [], ['--host']],
  ['bootstrap', ['HOST=pve'], []],
])('E2: make %s %j takes the host from what is typed, never from the environment', (target, typed, never) => {
  const run = spawnSync('make', ['-n', target, ...typed], { cwd: ROOT, encoding: 'utf8', env: { ...process.env, HOST: 'laptop', MAKEFLAGS: '' } });
  const line = run.stdout.split('\n').find((each) => each.includes('./house bootstrap'))!;
  expect(line).not.toContain('laptop');
  for (const word of never) expect(line).not.toContain(word);
  if (typed.length > 0) expect(line).toContain("--host 'pve'");
});
