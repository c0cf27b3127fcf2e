import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { places, type Place } from '../../door/places';

jest.setTimeout(600_000);

const ROOT = resolve(__dirname, '../..');
const KEPT = new Set(['node_modules', '.git', '.cache', '.tools', '.state', 'cdktf.out']);

interface Answer {
  readonly verb: string;
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

// A checkout in a folder with a space. In place of make there is one that only says what it was asked to set up.
let folder: string;
beforeAll(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'stranger-')), 'a house');
  mkdirSync(join(folder, '..', 'bin'), { recursive: true });
  writeFileSync(join(folder, '..', 'bin', 'make'), '#!/bin/sh\nshift 4\n[ "$*" = install ] || echo "sets up $*" >&2\n', { mode: 0o755 });
  cpSync(ROOT, folder, { recursive: true, filter: (path) => !KEPT.has(path.slice(ROOT.length + 1)) });
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
});
afterAll(() => rmSync(resolve(folder, '..'), { recursive: true, force: true }));

/** Types a verb from another folder, with nothing to read from and no terminal. */
async function typed({ path }: Place, ...args: string[]): Promise<Answer> {
  const child = spawn(join(folder, 'house'), [...path, ...args], { cwd: tmpdir(), env: { ...process.env, PATH: `${join(folder, '..', 'bin')}:${process.env.PATH}` }, stdio: ['ignore', 'pipe', 'pipe'] });
  const text: Record<'stdout' | 'stderr', string> = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) child[name].setEncoding('utf8').on('data', (said: string) => (text[name] += said));
  const [code] = (await once(child, 'close')) as [number | null];
  return { verb: path.join(' '), code, ...text };
}

/** All of them, a few at a time. */
async function ofEach(list: readonly Place[], type: (place: Place) => Promise<Answer>): Promise<Answer[]> {
  const [rest, answers] = [[...list], [] as Answer[]];
  const worker = async () => {
    for (let place = rest.shift(); place; place = rest.shift()) answers.push(await type(place));
  };
  await Promise.all(Array.from({ length: availableParallelism() + 1 }, worker));
  return answers;
}

const programs = places.filter(({ program }) => program[0]!.endsWith('.ts'));

test('every verb refuses an option that it does not have: with 2, at once, in one sentence that names its help', async () => {
  const answers = await ofEach(programs, (place) => typed(place, '--nonsense'));
  const wrong = answers.filter(({ verb, code, stdout, stderr }) => !(code === 2 && stdout === '' && /--nonsense/.test(stderr) && stderr.includes(`see: ./house ${verb} --help`) && stderr.trim().split('\n').length === 1));
  expect(wrong).toEqual([]);
});

test('those that are no TypeScript do the same', async () => {
  const answers = await ofEach(places.filter((place) => !programs.includes(place)), (place) => typed(place, '--nonsense'));
  for (const { code, stdout, stderr } of answers) {
    expect({ code, stdout, words: stderr.includes('--nonsense'), trace: /\n\s+at .*:\d+:\d+/.test(stderr) }).toEqual({ code: 2, stdout: '', words: true, trace: false });
  }
});

test('a verb that changes something can only be looked at as well', () => {
  const table = JSON.parse(readFileSync(join(ROOT, 'door/verbs.json'), 'utf8')) as { verbs: { path: string[]; options: string[] }[] };
  const looks = new Set(table.verbs.filter(({ options }) => options.includes('dry-run')).map(({ path }) => path.join(' ')));
  for (const verb of ['bootstrap', 'deploy', 'backup', 'restore', 'rebuild', 'adopt', 'new service', 'upgrade-provider', 'secrets create', 'state move', 'state change-engine']) expect([verb, looks.has(verb)]).toEqual([verb, true]);
});
