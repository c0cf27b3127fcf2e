import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { answer } from '../../../common/command-line';
import { rehearsal as line } from '../../../rehearsal/command-line';
import { houseStacks, writeStacks } from '../fixtures/house';

const ROOT = resolve(__dirname, '../../..');
const MAIN = join(ROOT, 'rehearsal/main.ts');
const folder = writeStacks(houseStacks());
const scratch = mkdtempSync(join(tmpdir(), 'rehearsal-command-'));
afterAll(() => [dirname(folder), scratch].forEach((path) => rmSync(path, { recursive: true, force: true })));

jest.setTimeout(60_000);

/** What a command printed, and how it ended. */
interface Ended {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

/** Runs a command inside this process. */
async function run(command: () => number | Promise<number>): Promise<Ended> {
  const printed = { out: '', error: '' };
  const out = jest.spyOn(console, 'log').mockImplementation((text: string) => void (printed.out += `${text}\n`));
  const error = jest.spyOn(console, 'error').mockImplementation((text: string) => void (printed.error += `${text}\n`));
  try {
    return { code: await command(), ...printed };
  } finally {
    out.mockRestore();
    error.mockRestore();
  }
}

const rehearsal = (...args: string[]): Promise<Ended> => run(() => answer(line, ['rehearse', ...args]));

describe('the rehearsal command', () => {
  test('shows progress, a table, the capacity, and ends with 0 when everything held', () => {
    const args = ['--import', 'tsx', MAIN, '--stack-dir', folder, '--scenario', 'guest-stopped'];
    const { status, stdout } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });
    expect(stdout).toMatch(/services +apply +\d\.\d s/);
    expect(stdout).toMatch(/ +init +validate +plan +guard +apply +again +created/);
    expect(stdout).toContain('by hand: stopped cloudflared (100)');
    expect(stdout).toContain('At its fullest: 12 guests, memory 12288 of 32041 MiB, cores 12 on 4');
    expect(stdout).toMatch(/Everything held, in \d+\.\d s\./);
    expect(status).toBe(0);
  });

  test('ends with 1 and says what is different when something did not hold', async () => {
    const own = join(scratch, 'own.yaml');
    writeFileSync(own, 'title: own\nwhy: mine\njourney:\n  - up: { expect: { ends: refused } }\n');
    const { code, error, out } = await rehearsal('--stack-dir', folder, '--scenario', own);
    expect(error).toContain("not as expected: services ended 'done', expected 'refused'");
    expect(out).toContain('Not everything held');
    expect(code).toBe(1);
  });

  test.each([
    [['--stack-dir', scratch], 'has no stack with a cdk.tf.json'],
    [['--nonsense'], "'rehearse' has no option --nonsense"],
    [['--scenario', 'nonsense'], "there is no scenario 'nonsense'"],
    [['--provider', 'real'], 'rehearsing with the real bpg/proxmox is not there yet'],
    [['--allow', 'destroys-guest:102'], '--allow and --reboots go with --house'],
    [['--house', join(scratch, 'kept'), '--allow', '102'], "--allow '102' is not RULE:ADDRESS or RULE:VMID"],
  ])('%j ends with 2, in one sentence and without a stack trace', async (args, words) => {
    const { code, error } = await rehearsal(...args);
    expect(error).toContain(words);
    expect(error).not.toMatch(/^\s+at /m);
    expect(code).toBe(2);
  });

  test('PROVIDER=real says the same as --provider real', async () => {
    process.env.PROVIDER = 'real';
    const { code, error } = await rehearsal();
    delete process.env.PROVIDER;
    expect([code, error]).toEqual([2, expect.stringContaining('is not there yet')]);
  });

  test('--help and --list', async () => {
    expect((await rehearsal('--help')).out).toContain('Exit codes: 0 everything held');
    expect((await rehearsal('--list')).out).toMatch(/killed-in-apply +Terraform is killed with -9/);
  });

  test('an interruption ends with 130 and leaves neither a process nor a folder', async () => {
    const child = spawn(process.execPath, ['--import', 'tsx', MAIN, '--stack-dir', folder], {
      cwd: ROOT,
      env: { ...process.env, TMPDIR: scratch },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    await new Promise<void>((done) => {
      child.stdout.on('data', (chunk: Buffer) => {
        if (/services +plan/.test(chunk.toString())) done();
      });
    });
    child.kill('SIGINT');
    const code = await new Promise((done) => child.once('close', done));
    expect(code).toBe(130);
    expect(readdirSync(scratch).filter((name) => name.startsWith('rehearsal-'))).toEqual([]);
    expect(spawnSync('pgrep', ['-f', scratch], { encoding: 'utf8' }).stdout).toBe('');
  });
});
