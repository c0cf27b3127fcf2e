import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

import door from '../../door/verbs.json';
import { ROOT } from '../tools/ensure-tools';

const git = (...args: string[]) => spawnSync('git', args, { cwd: ROOT, encoding: 'utf8' }).stdout.split('\n').filter(Boolean);

/** Text of a file of the project. */
export const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

/** Every page there is. */
export const PAGES = git('ls-files', '*.md');

/** Sources whose messages tell people what to type. */
export const SOURCES = git('ls-files', '*.ts', '*.mjs', '*.cjs', '*.yml', '*.j2', '*.sh', '*.py', 'scripts').filter((path) => !/^__tests__\/|^door\/completion|^tools\/(go|python|wheels)\/|\.json$/.test(path));

/** Names of the scripts in package.json. */
export const SCRIPTS = Object.keys((JSON.parse(read('package.json')) as { scripts: object }).scripts);

/** Targets of make. */
export const TARGETS = [...read('Makefile').matchAll(/^([a-z][a-z-]*(?: [a-z-]+)*):/gm)].flatMap(([, names]) => names!.split(' '));

/** What stands in code: blocks by their lines, and words between backticks. */
export function code(page: string): string[] {
  const blocks = [...page.matchAll(/^```[a-z]*\n([^]*?)^```/gm)].flatMap(([, block]) => block!.split('\n'));
  const words = [...page.replace(/^```[^]*?^```/gm, '').matchAll(/`([^`\n]+)`/g)].map(([, word]) => word!);
  return [...blocks, ...words];
}

/** What of a line of `./house` there is not: a verb, or an option before ` -- `, after which another program reads. */
export function unknownOfHouse(line: string): string[] {
  return [...line.matchAll(/(?:\.\/house|npm run (?=(?:state|secrets) --)) ?((?:[a-z][\w-]*|--(?= ))(?: .*)?)/g)].flatMap(([found, typed]) => {
    const words = typed!.replace(/^(\w+) -- /, '$1 ').split(/[\s'"|;&),]+/);
    if (words[0] === 'help' || words[0] === 'completion' || words[0] === '--help') return [];
    const verb = door.verbs.find(({ path }) => path.every((word, index) => word === words[index]));
    if (!verb) return Object.hasOwn(door.groups, words[0]!) && !/^[a-z]/.test(words[1] ?? '') ? [] : [found];
    const own = words.slice(0, words.includes('--') ? words.indexOf('--') : undefined);
    const options = own.filter((word) => /^--[a-z]/.test(word)).map((word) => word.slice(2).replace(/=.*/, ''));
    return options.filter((option) => option !== 'help' && !(verb.options as string[]).includes(option)).map((option) => `${found}: --${option}`);
  });
}

/** Runs a program in the project, without input. */
export async function run(program: string, ...args: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = spawn(program, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, MAKEFLAGS: '' } });
  const ended = new Promise<number | null>((end, fail) => child.once('error', fail).once('close', end));
  const [stdout, stderr, status] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { code: status, stdout, stderr };
}
