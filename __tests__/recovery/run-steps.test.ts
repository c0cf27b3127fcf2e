import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Interrupted } from '../../common/prompt';
import { Journal } from '../../recovery/journal';
import { commandLines, rebuild, type RebuildOptions } from '../../recovery/rebuild';
import { runCommand, waitForOrphan } from '../../recovery/run-command';
import type { Command, Step } from '../../recovery/step';

let root: string;
let out: string[];
let errors: string[];
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'run-steps-'));
  [out, errors] = [[], []];
  jest.spyOn(console, 'log').mockImplementation((line: string) => void out.push(line));
  jest.spyOn(console, 'error').mockImplementation((line: string) => void errors.push(line));
});
afterEach(() => {
  for (const spied of [console.log, console.error]) (spied as unknown as jest.SpyInstance).mockRestore();
  rmSync(root, { recursive: true });
});

const sh = (script: string): Command => ['sh', '-c', script];
const notes = (word: string): Command => sh(`echo ${word} >>done`);
const done = (): string[] => (existsSync(join(root, 'done')) ? readFileSync(join(root, 'done'), 'utf8').trim().split('\n') : []);
const step = (id: string, more: Partial<Step> = {}): Step => ({ id, section: 1, title: `Step ${id}`, does: `Does ${id}.`, by: 'program', commands: [notes(id)], help: 'the-host', ...more });

/** Runs steps with nobody to be asked. */
function run(all: readonly Step[], more: Partial<RebuildOptions> = {}): Promise<boolean> {
  const journal = new Journal(join(root, 'state'), 'cellar at 192.0.2.10', all.map(({ id }) => id));
  return rebuild({ root, all, chosen: all, named: false, unattended: true, journal, ...more });
}
const entries = () => (JSON.parse(readFileSync(join(root, 'state/journal.json'), 'utf8')) as { steps: { step: string; is: string; pid?: number; seconds?: number; at: string }[] }).steps;

describe('a rebuild', () => {
  test('does every step in order, says how long each took, and puts its journal away', async () => {
    expect(await run([step('host', { check: sh('grep -q host done') }), step('pool')])).toBe(true);
    expect(done()).toEqual(['host', 'pool']);
    const time = expect.stringMatching(/^rebuild: \[1\/2] host: Step host: done in 0 min 0\d s$/);
    expect(out).toEqual(['rebuild: [1/2] host: Step host', '    Does host.', time, 'rebuild: [2/2] pool: Step pool', '    Does pool.', expect.stringContaining('[2/2] pool: Step pool: done in'), 'rebuild: every step is done', expect.stringMatching(/^ {4}host {7}0 min 0\d s$/), expect.stringMatching(/^ {4}pool {7}0 min/)]);
    expect([existsSync(join(root, 'state/journal.json')), existsSync(join(root, 'state/journal-finished.json'))]).toEqual([false, true]);
  });

  test('stops at a command that fails, runs nothing after it, and says what to do', async () => {
    const all = [step('host'), step('pool', { commands: [notes('first'), sh('exit 3'), notes('after')] }), step('last')];
    expect(await run(all)).toBe(false);
    expect(done()).toEqual(['host', 'first']);
    expect(errors).toEqual(["rebuild: stopped at step 'pool': 'sh' ended with exit code 3, see above.\nWhat to do: docs/recovery/full-rebuild.md#the-host\nThen go on with: make rebuild"]);
    expect(entries().map(({ step: id, is }) => [id, is])).toEqual([['host', 'done'], ['pool', 'begun']]);
    expect(entries()[1]!.pid).toBeGreaterThan(0);
  });

  test('is not done with a step whose check does not hold', async () => {
    expect(await run([step('host', { check: sh('exit 1') })])).toBe(false);
    expect(errors[0]).toContain("stopped at step 'host': its check does not hold, see above.");
    expect(entries()).toMatchObject([{ step: 'host', is: 'begun' }]);
  });

  test('goes on where it stopped: what is done stays done, as long as its check holds', async () => {
    const all = [step('host', { check: sh('test ! -e broken') }), step('pool'), step('last', { commands: [sh('test -e mended')] })];
    expect(await run(all)).toBe(false);
    expect(entries()[0]!.seconds).toBeGreaterThanOrEqual(0);
    for (const name of ['mended', 'broken']) writeFileSync(join(root, name), '');
    out = [];
    all[0] = step('host', { commands: [sh('rm broken'), notes('again')], check: sh('test ! -e broken') });
    expect(await run(all)).toBe(true);
    expect(done()).toEqual(['host', 'pool', 'again']);
    expect(out.slice(0, 2)).toEqual(['rebuild: going on with what an earlier run has begun', expect.stringMatching(/^rebuild: \[1\/3] host: Step host: was done \d{4}-.*Z, but its check does not hold now; it is done again$/)]);
    expect(out).toContain('rebuild: [2/3] pool: Step pool: was done before');
  });

  test('does named steps again, and is finished only when all are done', async () => {
    const all = [step('host'), step('pool')];
    expect(await run(all, { chosen: [all[1]!], named: true })).toBe(true);
    expect(await run(all, { chosen: [all[1]!], named: true })).toBe(true);
    expect([done(), existsSync(join(root, 'state/journal.json'))]).toEqual([['pool', 'pool'], true]);
    expect(await run(all)).toBe(true);
    expect([done(), existsSync(join(root, 'state/journal.json'))]).toEqual([['pool', 'pool', 'host'], false]);
  });
});

describe('a step by hand', () => {
  const byHand = (more: Partial<Step> = {}) => step('plug', { by: 'owner', commands: [['ssh', 'root@192.0.2.10', 'zpool export tank']], ...more });

  test('stops a run with nobody to be asked, and its commands are only shown', async () => {
    expect(await run([byHand()])).toBe(false);
    expect(out).toContain("    ssh root@192.0.2.10 'zpool export tank'");
    expect(errors[0]).toContain('only hands can do it, and nobody is there to be asked; do it, then go on with --from and the step after it');
    expect(existsSync(join(root, 'state/journal.json'))).toBe(false);
  });

  test('is passed when its result is there, without running anything of it', async () => {
    expect(await run([byHand({ commands: [notes('never')], check: sh('true') }), step('last', { commands: [sh('exit 1')] })])).toBe(false);
    expect(done()).toEqual([]);
    expect(out.some((line) => line.includes('check:'))).toBe(false);
    expect(entries()[0]).toMatchObject({ step: 'plug', is: 'done' });
  });

  test('that was done is not looked at again: nobody shall unplug disks twice', async () => {
    const all = [byHand({ check: sh('test ! -e later') }), step('last', { commands: [sh('test -e later')] })];
    await run(all);
    writeFileSync(join(root, 'later'), '');
    expect(await run(all)).toBe(true);
    expect(out).toContain('rebuild: [1/2] plug: Step plug: was done before');
  });
});

test('without a terminal nobody can be asked, and nothing is run', async () => {
  await expect(run([step('host')], { unattended: false })).rejects.toThrow('nobody is there to say yes to: rebuild: run it?');
  expect(done()).toEqual([]);
});

test('lines of a step are those that would be typed, from the top of the project, with its check', () => {
  const shown = commandLines(step('host', { commands: [['/house/scripts/backup-tank', '--host', '/house/x'], ['echo', 'a b']], check: ['test', '-e', '/house/x'] }), '/house');
  expect(shown).toEqual(['    scripts/backup-tank --host x', "    echo 'a b'", '    check: test -e x']);
  expect(commandLines(step('host'), '/house')).toHaveLength(1);
});

describe('a command', () => {
  test.each<[string, Command, number]>([
    ['that ends well', ['true'], 0],
    ['that fails', sh('exit 7'), 7],
    ['that a signal ends', sh('kill -KILL $$'), 137],
    ['that is not there', ['/nowhere/program'], 127],
  ])('%s has its exit code', async (_what, command, code) => {
    expect(await runCommand(root, command)).toBe(code);
    expect(errors).toEqual(code === 127 ? [expect.stringMatching(/^rebuild: '\/nowhere\/program' cannot be started: /)] : []);
    expect([process.listenerCount('SIGTERM'), process.listenerCount('SIGINT')]).toEqual([signals.term, signals.int]);
  });
  const signals = { term: process.listenerCount('SIGTERM'), int: process.listenerCount('SIGINT') };

  test('runs at the top of the project with its own tools first, and is named while it runs', async () => {
    let pid: number | undefined;
    expect(await runCommand(root, sh('echo "$$ $PWD $PATH $ANSIBLE_CONFIG" >done'), (started) => (pid = started))).toBe(0);
    expect(done()[0]).toMatch(new RegExp(`^${pid} ${root} ${root}/\\.tools/python/bin:.* ${root}/ansible/ansible\\.cfg$`));
  });

  test('that Ctrl-C ended is an interruption, not a failure', async () => {
    await expect(runCommand(root, sh('kill -INT $$'))).rejects.toThrow(Interrupted);
  });

  test('is ended when this process is asked to end', async () => {
    const ended = runCommand(root, sh('exec sleep 60'), () => setTimeout(() => process.emit('SIGTERM'), 50));
    await expect(ended).rejects.toThrow(Interrupted);
  });
});

describe('a command that outlived a killed run', () => {
  const said: string[] = [];
  const wait = (pid: number, commands: readonly Command[]) => waitForOrphan(pid, commands, (line) => said.push(line));
  beforeEach(() => (said.length = 0));

  test('is waited for, which is said once', async () => {
    const child = spawn('sh', ['-c', 'read line', 'the-last-word'], { stdio: ['pipe', 'ignore', 'ignore'] });
    await new Promise((resolve) => child.on('spawn', resolve));
    while (!readFileSync(`/proc/${child.pid}/cmdline`, 'utf8').includes('the-last-word')) await new Promise((resolve) => setTimeout(resolve, 10));
    let isAsked = false;
    setTimeout(() => (isAsked = child.stdin.end('x\n').writableEnded), 300);
    await wait(child.pid!, [['other'], ['sh', '-c', 'read line', 'the-last-word']]);
    expect(isAsked).toBe(true);
    expect(said).toEqual([`the command of the interrupted run is still at work (process ${child.pid}); waiting for it`]);
  });

  test('is none when its number is gone, or has been given to another', async () => {
    await wait(4194305, [['sh']]);
    await wait(process.pid, [['sh', 'word of another']]);
    expect(said).toEqual([]);
  });
});
