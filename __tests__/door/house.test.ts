import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { places } from '../../door/places';
import { reference, table } from '../../door/table';

const ROOT = resolve(__dirname, '../..');
const HOUSE = join(ROOT, 'house');
const TARGETS = new Set(readFileSync(join(ROOT, 'Makefile'), 'utf8').match(/^[a-z-]+(?= *[:a-z-]*:)/gm));

const house = (...args: string[]) => spawnSync(HOUSE, args, { cwd: ROOT, encoding: 'utf8', input: '' });

describe('the table', () => {
  test('is what the rooms say, and so is the page of all commands; renewed with: make docs', () => {
    expect(JSON.parse(readFileSync(join(ROOT, 'door/verbs.json'), 'utf8'))).toEqual(table());
    expect(readFileSync(join(ROOT, 'docs/generated/commands.md'), 'utf8')).toBe(reference(table()));
  });

  test.each(places.map((place) => [place.path.join(' '), place] as const))('%s has a program, and targets that set up what it needs', (_verb, { program, needs, needsWith = {} }) => {
    expect(existsSync(join(ROOT, program[0]!))).toBe(true);
    for (const target of [...needs, ...Object.values(needsWith).flat()]) expect(TARGETS).toContain(target);
  });

  test('no two verbs are typed the same', () => {
    const typed = places.map(({ path }) => path.join(' '));
    expect(typed).toEqual([...new Set(typed)]);
  });
});

describe('the front door', () => {
  test('alone, it tells its verbs and ends as wrong usage does; asked for help, with 0', () => {
    expect(house()).toMatchObject({ status: 2, stdout: expect.stringContaining('Usage: ./house VERB') });
    expect(house('--help')).toMatchObject({ status: 0, stdout: house().stdout });
    expect(house('state')).toMatchObject({ status: 2, stdout: expect.stringContaining('Usage: ./house state COMMAND') });
    expect(house('help', 'state', 'apply')).toMatchObject({ status: 0, stdout: house('state', 'apply', '--help').stdout });
  });

  test('help of every verb comes from the table alone, on a machine that has nothing', () => {
    const folder = mkdtempSync(join(tmpdir(), 'a house '));
    try {
      for (const name of ['house', 'door']) cpSync(join(ROOT, name), join(folder, name), { recursive: true });
      for (const { path } of places) {
        const run = spawnSync(join(folder, 'house'), [...path, '--help'], { cwd: tmpdir(), encoding: 'utf8', env: { PATH: process.env.PATH } });
        expect(run).toMatchObject({ status: 0, stderr: '', stdout: expect.stringContaining(`Usage: ./house ${path.join(' ')}`) });
      }
      expect(spawnSync(join(folder, 'house'), ['aply'], { encoding: 'utf8' })).toMatchObject({ status: 2, stderr: "house: unknown command 'aply'; see: ./house --help\n" });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  test.each([
    [['rehears'], "house: unknown command 'rehears' (did you mean 'rehearse'?); see: ./house --help\n"],
    [['state', 'aply'], "house: unknown command 'aply' (did you mean 'apply'?); see: ./house state --help\n"],
    [['--nonsense'], "house: unknown command '--nonsense'; see: ./house --help\n"],
  ])('%j is no verb, and it says what was meant', (args, stderr) => {
    expect(house(...args)).toMatchObject({ status: 2, stderr, stdout: '' });
  });

  test('what follows a verb reaches its program, with its exit code', () => {
    expect(house('guard', '--rules')).toMatchObject({ status: 0, stdout: expect.stringContaining('destroys-guest') });
    expect(house('guard', '--plan', '-')).toMatchObject({ status: 2, stderr: expect.stringContaining('--plan and --guests are both needed; see: ./house guard --help') });
  });

  test.each(['SIGINT', 'SIGTERM'] as const)('%s reaches the program, whose end is the answer', async (signal) => {
    // A group of its own, to which a terminal would send Ctrl-C.
    const child = spawn(HOUSE, ['guard', '--plan', '-', '--guests', '/dev/null'], { cwd: ROOT, stdio: ['pipe', 'pipe', 'pipe'], detached: true });
    const ended = once(child, 'exit');
    // It waits for a plan on standard input.
    while (spawnSync('pgrep', ['-f', 'review/main.ts --plan - --guests /dev/null']).status !== 0) await new Promise((soon) => setTimeout(soon, 50));
    if (signal === 'SIGINT') process.kill(-child.pid!, signal);
    else child.kill(signal);
    expect((await ended)[0]).toBe(signal === 'SIGINT' ? 130 : 1);
  });
});

describe('completion', () => {
  test('tells verbs, the verbs of a group, and options', () => {
    expect(house('completion', 'words').stdout.split('\n')).toEqual(expect.arrayContaining(['synth', 'deploy', 'state', 'new', 'help']));
    expect(house('completion', 'words', 'new').stdout).toBe('service\n');
    expect(house('completion', 'words', 'state', 'apply').stdout.split('\n')).toEqual(expect.arrayContaining(['--yes', '--allow', '--help']));
    expect(house('completion', 'tcsh')).toMatchObject({ status: 2, stderr: "house: completion is for bash, zsh or fish, got 'tcsh'\n" });
  });

  test('completes in a real bash', () => {
    const script = 'eval "$(./house completion bash)"; COMP_WORDS=(./house state ap); COMP_CWORD=2; _house; echo "${COMPREPLY[*]}"';
    expect(spawnSync('bash', ['-c', script], { cwd: ROOT, encoding: 'utf8' })).toMatchObject({ stdout: 'apply\n', stderr: '' });
  });
});

test('help costs less than four empty starts of Node', () => {
  const fastest = (args: string[]) => Math.min(...Array.from({ length: 7 }, () => {
    const before = process.hrtime.bigint();
    spawnSync(process.execPath, args, { cwd: ROOT });
    return Number(process.hrtime.bigint() - before);
  }));
  expect(fastest(['house', 'state', 'apply', '--help']) / fastest(['-e', ''])).toBeLessThan(4);
});
