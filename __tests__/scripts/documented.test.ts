import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import door from '../../door/verbs.json';
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

/** What of a line of `./house` there is not: a verb, or an option before ` -- `, after which another program reads. */
function unknownOfHouse(line: string): string[] {
  return [...line.matchAll(/(?:\.\/house|npm run (?=(?:state|secrets) --)) ?((?:[a-z][\w-]*|--(?= ))(?: .*)?)/g)].flatMap(([found, typed]) => {
    const words = typed!.replace(/^(\w+) -- /, '$1 ').split(/[\s'"|;&)]+/);
    if (words[0] === 'help' || words[0] === 'completion' || words[0] === '--help') return [];
    const verb = door.verbs.find(({ path }) => path.every((word, index) => word === words[index]));
    if (!verb) return Object.hasOwn(door.groups, words[0]!) && !/^[a-z]/.test(words[1] ?? '') ? [] : [found];
    const own = words.slice(0, words.includes('--') ? words.indexOf('--') : undefined);
    const options = own.filter((word) => /^--[a-z]/.test(word)).map((word) => word.slice(2).replace(/=.*/, ''));
    return options.filter((option) => option !== 'help' && !(verb.options as string[]).includes(option)).map((option) => `${found}: --${option}`);
  });
}

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
