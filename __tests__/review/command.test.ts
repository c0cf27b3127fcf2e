import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { answer } from '../../common/command-line';
import { review } from '../../review/command-line';
import { RULES } from '../../review/rules';
import { change, CONTAINER, machine, n8n, planOf, update } from './plans';

const ROOT = resolve(__dirname, '../..');
const scratch = mkdtempSync(join(tmpdir(), 'guard-command-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** Runs the command inside this process. */
async function guard(...args: string[]): Promise<{ code: number; out: string; error: string }> {
  const printed = { out: '', error: '' };
  const out = jest.spyOn(console, 'log').mockImplementation((text: string) => void (printed.out += `${text}\n`));
  const error = jest.spyOn(console, 'error').mockImplementation((text: string) => void (printed.error += `${text}\n`));
  try {
    return { code: await answer(review, ['guard', ...args]), ...printed };
  } finally {
    out.mockRestore();
    error.mockRestore();
  }
}

const file = (name: string, value: unknown): string => {
  writeFileSync(join(scratch, name), typeof value === 'string' ? value : JSON.stringify(value));
  return join(scratch, name);
};
const plan = file('plan.json', planOf([change(['create'], null, n8n)]));
const guests = JSON.stringify([{ vmid: 102, type: 'lxc', node: 'pve', name: 'holiday-photos', status: 'running' }]);
const nobody = file('nobody.json', '[]');

test('refuses with 1 what pvesh on stdin shows to be foreign, and says what to do', () => {
  const args = ['--import', 'tsx', join(ROOT, 'review/main.ts'), '--plan', plan, '--guests', '-'];
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8', input: guests });
  expect(stderr).toContain(`${CONTAINER}.n8n [adopts-guest]`);
  expect(stderr).toContain('choose a free VMID');
  expect(status).toBe(1);
});

test('passes with 0 when the VMID is free, and refuses when its disk is there', async () => {
  expect(await guard('--plan', plan, '--guests', nobody)).toEqual({ code: 0, out: 'guard: the plan may be applied\n', error: '' });
  const { code, error } = await guard('--plan', plan, '--guests', nobody, '--disks', file('disks', 'tank\ntank/subvol-102-disk-0\n'));
  expect([code, error]).toEqual([1, expect.stringContaining('[doubles-disk]')]);
});

test('what is allowed passes and is not needed twice; restarts and notes are told', async () => {
  const smaller = file('smaller.json', planOf([update({ memory: [{ dedicated: 256, swap: 256 }] })]));
  const list = file('list.json', guests.replace('holiday-photos', 'n8n'));
  const refused = await guard('--plan', smaller, '--guests', list);
  expect([refused.code, refused.error]).toEqual([1, expect.stringContaining('1 would be restarted, 0 announced')]);
  for (const args of [['--reboots', '1'], ['--allow', 'restarts-guest:102'], ['--allow', `restarts-guest:${CONTAINER}.n8n`]]) {
    const passed = await guard('--plan', smaller, '--guests', list, ...args, '--allow', 'destroys-guest:102');
    expect(passed.code).toBe(0);
    expect(passed.out).toContain(`will restart ${CONTAINER}.n8n: memory`);
    expect(passed.out).toContain('gets less: 512 -> 256 MiB of memory');
    expect(passed.out).toContain("--allow 'destroys-guest:102' is not needed by this plan");
  }
  expect((await guard('--plan', smaller, '--guests', list, '--reboots', '1', '--state-guest', '102')).error).toContain('[restarts-state]');
});

test('the stack is named where something has to be done with it', async () => {
  const list = file('same.json', guests.replace('holiday-photos', 'n8n'));
  expect((await guard('--plan', plan, '--guests', list, '--stack', 'services')).error).toContain('./house state run services -- import');
});

test('--rules lists every rule, with whether it can be allowed', async () => {
  const { code, out } = await guard('--rules');
  expect(code).toBe(0);
  expect(out.trim().split('\n').map((line) => line.split(/\s/)[0])).toEqual(RULES.map(({ name }) => name));
  expect(out).toMatch(/^destroys-guest +loss +--allow destroys-guest:WHICH$/m);
  expect(out).toMatch(/^adopts-guest +loss +cannot be allowed: choose a free VMID/m);
  expect(out).toMatch(/^undoes-drift +told +is only told$/m);
});

test('--help names its exit codes', async () => {
  expect((await guard('--help')).out).toContain('Exit codes: 0 the plan may be applied, 1 refused, 2 the input cannot be used.');
});

test.each<[string, () => string[], string]>([
  ['no plan', () => ['--guests', plan], '--plan and --guests are both needed'],
  ['no guests', () => ['--plan', plan], '--plan and --guests are both needed'],
  ['an option that is none', () => ['--force'], "'guard' has no option --force"],
  ['two files from standard input', () => ['--plan', '-', '--guests', '-'], 'only one file can be read from standard input'],
  ['a plan that is no plan', () => ['--plan', file('other.json', '{}'), '--guests', plan], 'not the JSON of a Terraform plan'],
  ['the JSON of a state', () => ['--plan', file('state.json', { format_version: '1.0', values: {} }), '--guests', nobody], 'not the JSON of a Terraform plan'],
  ['a cut plan', () => ['--plan', file('cut.json', '{"format_version": "1.2", "secr'), '--guests', nobody], 'the plan is not JSON'],
  ['an empty plan', () => ['--plan', file('empty.json', ''), '--guests', nobody], 'the plan is not JSON: it is empty'],
  ['a guest list that failed', () => ['--plan', plan, '--guests', file('failed.json', '')], 'the guest list is not JSON'],
  ['a guest list of something else', () => ['--plan', plan, '--guests', plan], 'not a list of guests with a vmid and a type each'],
  ['the list of nodes', () => ['--plan', plan, '--guests', file('nodes.json', [{ node: 'pve', type: 'node', status: 'online' }])], 'not a list of guests with a vmid and a type each'],
  ['a list whose guests have no type', () => ['--plan', plan, '--guests', file('typeless.json', [{ vmid: 102 }])], 'not a list of guests with a vmid and a type each'],
  ['the list of another host', () => ['--plan', file('kept.json', planOf([], { prior_state: { values: { root_module: { resources: [{ type: CONTAINER, values: machine }] } } } })), '--guests', nobody], 'lacks 300 (windows)'],
  ['a file that is not there', () => ['--plan', join(scratch, 'absent'), '--guests', plan], 'cannot be read'],
  ['reboots that are no number', () => ['--plan', plan, '--guests', nobody, '--reboots', 'two'], "--reboots must be a whole number, got 'two'"],
  ['an address alone', () => ['--plan', plan, '--guests', nobody, '--allow', `${CONTAINER}.n8n`], 'is not RULE:ADDRESS or RULE:VMID'],
])('%s ends with 2, in a sentence and without a stack trace', async (_what, args, text) => {
  const { code, error } = await guard(...args());
  expect(error).toContain(text);
  expect(error).not.toMatch(/^\s+at /m);
  expect(code).toBe(2);
});
