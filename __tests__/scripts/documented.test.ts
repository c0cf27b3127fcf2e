import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { ROOT } from '../tools/ensure-tools';

const git = (...args: string[]) => spawnSync('git', args, { cwd: ROOT, encoding: 'utf8' }).stdout.split('\n').filter(Boolean);
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

const PAGES = git('ls-files', '*.md');
const SCRIPTS = Object.keys((JSON.parse(read('package.json')) as { scripts: object }).scripts);
const TARGETS = [...read('Makefile').matchAll(/^([a-z][a-z-]*(?: [a-z-]+)*):/gm)].flatMap(([, names]) => names!.split(' '));

/** What stands in code: blocks by their lines, and words between backticks. */
function code(text: string): string[] {
  const blocks = [...text.matchAll(/^```[a-z]*\n([^]*?)^```/gm)].flatMap(([, block]) => block!.split('\n'));
  const words = [...text.replace(/^```[^]*?^```/gm, '').matchAll(/`([^`\n]+)`/g)].map(([, word]) => word!);
  return [...blocks, ...words];
}

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
