import { spawnSync } from 'node:child_process';
import { appendFileSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { BUILD_TIMEOUT_MS, ensureTools, ROOT } from '../tools/ensure-tools';

jest.setTimeout(60_000);
beforeAll(() => ensureTools('gitleaks'), BUILD_TIMEOUT_MS);

/** Both are put together here, so that this file itself holds nothing that looks like a secret. */
const PRIVATE_KEY = `AGE-SECRET-${'KEY'}-1${'QPZR Y9X8 GF2T VDW0 S3JN 54KH CE6M UA7L'.replaceAll(' ', '').repeat(2).slice(0, 58)}`;
const TOKEN = ['ghp', '_', 'x7Kp2mQ9vR4tB8nL3wZ6yC1dF5gH0jS2aE4u'].join('');

let folder: string;
let clone: string;
const git = (...args: string[]) => {
  const run = spawnSync('git', ['-c', 'user.name=Owner', '-c', 'user.email=owner@localhost', ...args], { cwd: clone, encoding: 'utf8' });
  return { code: run.status, output: run.stdout + run.stderr };
};
const write = (path: string, content: string) => {
  mkdirSync(dirname(join(clone, path)), { recursive: true });
  writeFileSync(join(clone, path), content);
  git('add', path);
};

/** A clone with the hooks turned on, and a remote to push to. */
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'homelab-hooks-'));
  clone = join(folder, 'clone');
  spawnSync('git', ['init', '--bare', '--quiet', '--initial-branch=main', join(folder, 'remote.git')]);
  spawnSync('git', ['clone', '--quiet', join(folder, 'remote.git'), clone]);
  git('config', 'core.hooksPath', 'scripts/git-hooks');
  // What the hooks run is the project's own, and is no part of what is committed here.
  for (const part of ['tools', 'secrets', 'scripts', 'node_modules', 'tsconfig.json', 'package.json']) {
    symlinkSync(join(ROOT, part), join(clone, part));
    appendFileSync(join(clone, '.git', 'info', 'exclude'), `/${part}\n`);
  }
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('what is clean is committed and pushed', () => {
  copyFileSync(join(ROOT, 'ansible.sops.json'), join(clone, 'house.sops.json'));
  write('README.md', 'A house.\n');
  git('add', 'house.sops.json');
  expect(git('commit', '-m', 'a house').code).toBe(0);
  expect(git('push', 'origin', 'HEAD:main').code).toBe(0);
});

test.each([
  ['an encrypted file that is not', 'tfvars.sops.json', '{"proxmox_api_token": "in clear text"}', 'it is not encrypted, it has no sops section'],
  ['one clear value among encrypted ones', 'a.sops.yaml', 'password: in clear text\nsops:\n  mac: x\n', "'password' stands there unencrypted"],
  ['a clear value deep inside', 'b.sops.json', '{"a": {"b": ["in clear text"]}, "sops": {}}', "'a.b[0]' stands there unencrypted"],
  ['a Terraform state', 'old/terraform.tfstate', '{}', 'a Terraform state holds secrets in clear text'],
  ['Terraform variables', 'house.auto.tfvars.json', '{}', 'variables of Terraform go into tfvars.sops.json, encrypted'],
  ['a private key', 'notes.txt', `${PRIVATE_KEY}\n`, 'notes.txt, line 1: looks like a secret (age-secret-key)'],
  ['a token of somebody\'s', 'ci.yml', `token: ${TOKEN}\n`, 'looks like a secret (github-pat)'],
])('%s is refused by both hooks, and its value is not printed', (_what, path, content, says) => {
  write(path, content);
  const commit = git('commit', '-m', 'oops');
  expect(commit.code).not.toBe(0);
  expect(commit.output).toContain(says);
  expect(commit.output).not.toContain('in clear text"');
  expect(commit.output).not.toContain(PRIVATE_KEY);
  expect(commit.output).not.toContain(TOKEN);

  // Committed past the hook, and covered up by a later commit: it is in what would be pushed all the same.
  git('commit', '--no-verify', '-m', 'oops');
  git('rm', '-q', path);
  git('commit', '--no-verify', '-m', 'gone');
  const push = git('push', 'origin', 'HEAD:main');
  expect(push.code).not.toBe(0);
  expect(push.output).toContain(says);
  expect(git('ls-remote', 'origin').output).toBe('');
});

test('only what is new to the remote is looked at', () => {
  write('terraform.tfstate', '{}');
  git('commit', '--no-verify', '-m', 'an old sin');
  git('push', '--no-verify', 'origin', 'HEAD:main');
  write('README.md', 'A house.\n');
  git('commit', '-m', 'a house');
  expect(git('push', 'origin', 'HEAD:main').code).toBe(0);
  expect(git('push', 'origin', 'HEAD:another').code).toBe(0);
  expect(git('push', 'origin', ':another').code).toBe(0);
});

test('this repository, all of its history, holds nothing unencrypted', () => {
  const scan = spawnSync(process.execPath, ['--import', 'tsx', 'secrets/main.ts', 'scan'], { cwd: ROOT, encoding: 'utf8' });
  expect(scan.stdout).toBe('');
  expect(scan.status).toBe(0);
});
