import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Journal } from '../../state/bootstrap/journal';
import { forgetChild, noteChild, waitForOrphan } from '../../state/child';
import type { Site } from '../../state/site';

let site: Site;
let said: string[];
let child: ChildProcess | undefined;
const note = () => join(site.base, 'child.json');
const wait = () => waitForOrphan(site, (line) => said.push(line));

beforeEach(() => {
  site = { base: mkdtempSync(join(tmpdir(), 'child-')) } as Site;
  said = [];
});
afterEach(() => {
  child?.kill('SIGKILL');
  child = undefined;
  rmSync(site.base, { recursive: true });
});

/** A process that runs until its input ends, with a word in its command line. */
async function running(word: string): Promise<number> {
  child = spawn(process.execPath, ['-e', "process.stdin.on('end', () => process.exit()).resume(); console.log('up')", word], { stdio: ['pipe', 'pipe', 'inherit'] });
  await once(child.stdout!, 'data');
  return child.pid!;
}

describe('a Terraform that outlived a killed run', () => {
  test('is waited for until it ends, which is said once, and is forgotten', async () => {
    const pid = await running('terraform');
    noteChild(site, pid, 'apply -no-color');
    let isAsked = false;
    // A second look finds it still at work.
    setTimeout(() => (isAsked = child!.stdin!.end().writableEnded), 300);
    await wait();
    expect(isAsked).toBe(true);
    expect(said).toEqual([`'terraform apply -no-color' of the interrupted run is still at work (process ${pid}); waiting for it`]);
    expect(existsSync(note())).toBe(false);
  });

  test('is not taken for a process that got its number meanwhile', async () => {
    noteChild(site, await running('somebody-else'), 'apply');
    await wait();
    expect([said, child!.exitCode, existsSync(note())]).toEqual([[], null, false]);
  });

  test.each([
    ['no note', undefined],
    ['a note of a process that is gone', JSON.stringify({ pid: 4194305, what: 'plan' })],
    ['a note that a kill cut off before its first word', ''],
    ['a note without a process', '{}'],
  ])('is none with %s', async (_what, text) => {
    if (text !== undefined) writeFileSync(note(), text);
    await wait();
    expect([said, existsSync(note())]).toEqual([[], false]);
  });
});

test('a child is noted with what it does, and forgotten when it ended', () => {
  noteChild(site, 17, 'plan');
  expect(JSON.parse(readFileSync(note(), 'utf8'))).toEqual({ pid: 17, what: 'plan' });
  forgetChild(site);
  forgetChild(site);
  expect(existsSync(note())).toBe(false);
});

describe('the journal of a bootstrap', () => {
  test('keeps the steps that are done over a kill, and goes with the last one', () => {
    const journal = new Journal(site);
    expect([journal.exists(), journal.has('apply')]).toEqual([false, false]);
    journal.add('apply');
    journal.add('install');
    const later = new Journal(site);
    expect([later.exists(), later.has('apply'), later.has('install'), later.has('verify')]).toEqual([true, true, true, false]);
    later.remove();
    later.remove();
    expect(new Journal(site).exists()).toBe(false);
  });

  test('is never guessed at when it cannot be read', () => {
    writeFileSync(join(site.base, 'bootstrap.json'), '{"done":');
    expect(() => new Journal(site)).toThrow(new RegExp(`^the journal '${join(site.base, 'bootstrap.json')}' cannot be read \\(.+\\); remove it to look at everything anew$`));
  });
});
