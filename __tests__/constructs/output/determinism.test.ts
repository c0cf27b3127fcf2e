import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { readTree } from '../../helpers/emitted';
import { root } from '../../helpers/run-synth';

const canary = 'canary-7f3a9c51';
const credentials = ['PROXMOX_VE_API_TOKEN', 'PROXMOX_VE_PASSWORD', 'TF_VAR_proxmox_api_token', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'SOPS_AGE_KEY'];

let folder: string;
let here: Map<string, string>;
let elsewhere: Map<string, string>;

/** Synthesizes the owner's house of a copy of the project, and reads the output. */
function synthesizeIn(project: string, cwd: string, env: Record<string, string>): Map<string, string> {
  const outdir = join(project, 'cdktf.out');
  const secrets = Object.fromEntries(credentials.map((name) => [name, canary]));
  const { status, stderr } = spawnSync(process.execPath, [join(project, 'scripts/synth/main.cjs')], {
    cwd,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], ...secrets, ...env, CDKTF_OUTDIR: outdir },
  });
  if (status !== 0) throw new Error(stderr);
  return readTree(outdir);
}

function copyOfTheProject(name: string): string {
  const copy = join(folder, name);
  mkdirSync(copy, { recursive: true });
  for (const part of ['.gen', 'common', 'constructs', 'homelab', 'scripts', 'main.ts', 'package.json', 'package-lock.json', 'tsconfig.json']) {
    cpSync(join(root, part), join(copy, part), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  return copy;
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'determinism-'));
  const first = copyOfTheProject('first');
  const second = copyOfTheProject('a longer/path with blanks');
  here = synthesizeIn(first, first, { LC_ALL: 'C', LANG: 'C', TZ: 'UTC', HOME: '/nonexistent' });
  elsewhere = synthesizeIn(second, tmpdir(), { LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8', LANGUAGE: 'tr', TZ: 'Asia/Kathmandu' });
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true }));

test('two runs in two folders, locales and time zones give the same files, byte for byte', () => {
  expect(here.size).toBeGreaterThan(30);
  expect([...elsewhere.keys()]).toEqual([...here.keys()]);
  for (const [path, content] of here) expect(`${path}\n${elsewhere.get(path)}`).toBe(`${path}\n${content}`);
});

test('no file holds a folder of this machine', () => {
  for (const text of here.values()) {
    for (const place of [folder, root, homedir(), 'node_modules']) expect(text).not.toContain(place);
  }
});

test('no file holds a time', () => {
  const today = new Date().toISOString().slice(0, 10);
  for (const text of here.values()) {
    expect(text).not.toContain(today);
    expect(text).not.toMatch(/\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/);
  }
});

test('no file holds a credential of the environment, nor anything in the form of one', () => {
  for (const text of here.values()) {
    expect(text).not.toContain(canary);
    expect(text).not.toMatch(/AGE-SECRET-KEY-1|PRIVATE KEY-----|AKIA[0-9A-Z]{16}|\w+@\w+!\w+=[0-9a-f]{8}-/);
  }
});
