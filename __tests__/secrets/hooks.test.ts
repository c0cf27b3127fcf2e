import { spawnSync } from 'node:child_process';
import { appendFileSync, copyFileSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

import { toolPath } from '../../tools/tool-path';
import { BUILD_TIMEOUT_MS, ensureTools, ROOT } from '../tools/ensure-tools';

jest.setTimeout(60_000);
beforeAll(() => ensureTools('gitleaks', 'sops'), BUILD_TIMEOUT_MS);

/** Both are put together here, so that this file itself holds nothing that looks like a secret. */
const PRIVATE_KEY = `AGE-SECRET-${'KEY'}-1${'QPZR Y9X8 GF2T VDW0 S3JN 54KH CE6M UA7L'.replaceAll(' ', '').repeat(2).slice(0, 58)}`;
const TOKEN = ['ghp', '_', 'x7Kp2mQ9vR4tB8nL3wZ6yC1dF5gH0jS2aE4u'].join('');

let folder: string;
let clone: string;
const git = (...args: string[]) => {
  const run = spawnSync('git', ['-c', 'user.name=Owner', '-c', 'user.email=owner@localhost', ...args], { cwd: clone, encoding: 'utf8' });
  return { code: run.status, output: run.stdout + run.stderr };
};
const write = (path: string, content: string | Buffer) => {
  mkdirSync(dirname(join(clone, path)), { recursive: true });
  writeFileSync(join(clone, path), content);
  git('add', '--force', path);
};
const commit = (...args: string[]) => git('commit', '-m', 'a change', ...args);
/** Commits past the first hook, and covers it up, so that only the history shows it. @returns what the second hook says to a push */
const pushHidden = (path: string) => {
  commit('--no-verify');
  git('rm', '-q', '--cached', path);
  rmSync(join(clone, path), { recursive: true, force: true });
  commit('--no-verify');
  return git('push', 'origin', 'HEAD:main');
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

/** An archive made by Python, as Terraform makes its plans. */
const zip = (members: Record<string, string>) =>
  spawnSync('python3', ['-c', 'import sys,json,zipfile,io\nb=io.BytesIO()\nz=zipfile.ZipFile(b,"w",zipfile.ZIP_DEFLATED)\n[z.writestr(k,v) for k,v in json.load(sys.stdin).items()]\nz.close()\nsys.stdout.buffer.write(b.getvalue())'], { input: JSON.stringify(members) }).stdout;
const tar = (path: string, content: string) => {
  writeFileSync(join(folder, path), content);
  return spawnSync('tar', ['--create', '--directory', folder, path]).stdout;
};
const STATE = JSON.stringify({ version: 4, serial: 3, lineage: 'a', resources: [] });
const PLAN = JSON.stringify({ format_version: '1.2', planned_values: {}, variables: { x: { value: 'y' } } });
const PVE_TOKEN = `terraform@pve!iac${'='}8c1f0a52-6b1d-4c7e-9f3a-27d45b90e6c1`;
const TUNNEL_TOKEN = Buffer.from(JSON.stringify({ a: '5ab4e9d1f0c24b6f8f', t: '2a7d9e84-17f6', s: 'kJ8s0dYx3LqPz7Rw5Tn1' })).toString('base64');
const WORD = 'Sommer' + '2026!';

const HIDDEN: readonly (readonly [what: string, path: string, content: () => string | Buffer, says: string])[] = [
  ['a token of Proxmox VE', 'token.txt', () => PVE_TOKEN, 'token.txt, line 1: looks like a secret (proxmox-api-token)'],
  ['a token of a tunnel', 'tunnel.json', () => JSON.stringify({ run: TUNNEL_TOKEN }), 'looks like a secret (cloudflare-tunnel-token)'],
  ['a password in YAML', 'ansible/vars.yml', () => `n8n_owner_password: ${WORD}\n`, 'ansible/vars.yml, line 1: looks like a secret (value-under-a-telling-name)'],
  ['a password in JSON', 'a.json', () => JSON.stringify({ deep: [{ admin_password: WORD }] }), 'value-under-a-telling-name'],
  ['a key in an INI file', 'app.ini', () => `[security]\nSECRET_KEY = ${WORD}\n`, 'value-under-a-telling-name'],
  ['a token in an environment file', '.env', () => `export CI_TOKEN="${WORD}"\n`, 'value-under-a-telling-name'],
  ['a seed of one-time passwords', 'phone.txt', () => `otpauth://totp/pve?secret=${'JBSWY3DPEHPK3PXP'}&issuer=pve`, 'totp-address'],
  ['a plan of any name', 'out/monday', () => zip({ tfplan: 'x', 'tfconfig/m-/main.tf': '' }), 'out/monday!tfplan: a Terraform plan can hold secrets in clear text'],
  ['a plan without a dot', 'tfplan', () => 'x', 'tfplan: a Terraform plan'],
  ['a plan as JSON', 'plan.txt', () => PLAN, 'plan.txt: a Terraform plan'],
  ['a state of another name', 'old.txt', () => STATE, 'old.txt: a Terraform state holds secrets in clear text'],
  ['a state behind a byte order mark', 'bom.json', () => `\ufeff${STATE}`, 'bom.json: a Terraform state'],
  ['a packed state', 'copy.gz', () => gzipSync(STATE), 'copy.gz!gzip: a Terraform state'],
  ['a packed archive with a state', 'all.tgz', () => gzipSync(tar('services.json', STATE)), 'all.tgz!gzip!services.json: a Terraform state'],
  ['a state in base64', 'blob.yml', () => `data: ${Buffer.from(STATE.repeat(2)).toString('base64')}\n`, 'blob.yml!base64-1: a Terraform state'],
  ['a key in an archive', 'keys.zip', () => zip({ 'a/readme': `${PRIVATE_KEY}\n` }), 'keys.zip!a/readme, line 1: looks like a secret (age-secret-key)'],
  ['an archive nobody can look into', 'x.xz', () => Buffer.from('fd377a585a0000', 'hex'), 'x.xz: an archive that cannot be looked into (xz is not opened here)'],
  ['half an archive', 'half.zip', () => zip({ tfplan: 'x' }).subarray(0, 40), 'half.zip: an archive that cannot be looked into'],
];

test.each(HIDDEN)('%s is seen by its content, by both hooks', (_what, path, content, says) => {
  write(path, content());
  const refused = commit();
  expect(refused.code).not.toBe(0);
  expect(refused.output).toContain(says);
  for (const value of [PVE_TOKEN, TUNNEL_TOKEN, WORD, '    at ']) expect(refused.output).not.toContain(value);
  const push = pushHidden(path);
  expect(push.code).not.toBe(0);
  expect(push.output).toContain(says);
});

// gitleaks passes over what such names hold.
test.each(['a.svg', 'photo.PNG', 'package-lock.json', 'go.sum', 'vendor/github.com/x/y.txt', 'letter.pdf', 'poetry.lock', 'gitleaks.toml', '.gitleaksignore', 'bootstrap.min.js', 'x.ttf', 'Database.refactorlog', 'venv/lib/x', '--staged', 'a\nb.txt', ' b.txt'])(
  'a key is seen in a file called %j', (path) => {
    mkdirSync(dirname(join(clone, path)), { recursive: true });
    writeFileSync(join(clone, path), `${PRIVATE_KEY}\n`);
    git('add', '--force', '--', path);
    const refused = commit();
    expect(refused.code).not.toBe(0);
    expect(refused.output).toContain(', line 1: looks like a secret (age-secret-key)');
    expect(refused.output).not.toContain(PRIVATE_KEY);
  },
);

test.each(['A.SOPS.JSON', 'ansible.sops.json.bak', 'ansible.sops.json~', 'ansible.sops.json ', 'ansible.sops.json\n', '.ansible.sops.json.swp'])('what lies beside an encrypted file is encrypted too: %j', (path) => {
  writeFileSync(join(clone, path), JSON.stringify({ cloudflare: 'an ordinary word' }));
  git('add', '--force', '--', path);
  const refused = commit();
  expect(refused.code).not.toBe(0);
  expect(refused.output).toContain('it is not encrypted, it has no sops section');
});

test('messages of commits, texts of tags, and what is tagged past all commits are looked at before a push', () => {
  write('a.txt', 'An ordinary text.\n');
  commit();
  expect(git('push', 'origin', 'HEAD:main').code).toBe(0);
  const pushed = (...words: string[]) => {
    const run = git('push', 'origin', ...words);
    expect(run.output).not.toContain(PRIVATE_KEY);
    return run;
  };
  git('tag', '-a', 'plain', '-m', 'a first version');
  expect(pushed('plain').code).toBe(0);
  git('tag', '-a', 'told', '-m', `the key is ${PRIVATE_KEY}`);
  git('tag', '-a', 'outer', '-m', 'a tag of a tag', 'told');
  expect(pushed('told').output).toContain('text of refs/tags/told, line');
  expect(pushed('outer').output).toContain('looks like a secret (age-secret-key)');
  writeFileSync(join(folder, 'key'), PRIVATE_KEY);
  const id = git('hash-object', '-w', join(folder, 'key')).output.trim();
  git('tag', 'bare', id);
  expect(pushed('bare').output).toContain('refs/tags/bare: it names a file that is in no commit');
  const tree = spawnSync('git', ['mktree'], { cwd: clone, input: `100644 blob ${id}\tkey\n`, encoding: 'utf8' }).stdout.trim();
  git('tag', 'folder', tree);
  expect(pushed('folder').output).toContain('refs/tags/folder: it names a folder that is in no commit');
  expect(git('ls-remote', 'origin').output).not.toMatch(/told|outer|bare|folder/);
  git('commit', '--allow-empty', '-m', `the key is ${PRIVATE_KEY}`);
  expect(pushed('HEAD:main').output).toMatch(/message of commit [0-9a-f]+, line \d+: looks like a secret/);
});

describe('every kind of change is looked at', () => {
  beforeEach(() => {
    mkdirSync(join(clone, 'example'));
    copyFileSync(join(ROOT, 'secrets', 'example', 'ansible.sops.json'), join(clone, 'example', 'ansible.sops.json'));
    symlinkSync('example/ansible.sops.json', join(clone, 'ansible.sops.json'));
    writeFileSync(join(clone, 'plain.json'), JSON.stringify({ answer: 'an ordinary value of some length', list: [1, 2, 3] }));
    git('add', '--all');
    expect(commit()).toMatchObject({ code: 0 });
  });

  test('a file in place of a link, as the first commit after make secrets has it', () => {
    rmSync(join(clone, 'ansible.sops.json'));
    write('ansible.sops.json', JSON.stringify({ n8n_owner_password: WORD }));
    expect(git('diff', '--cached', '--raw').output).toMatch(/ T\tansible\.sops\.json/);
    const says = 'ansible.sops.json: it is not encrypted, it has no sops section';
    expect(commit().output).toContain(says);
    const push = pushHidden('ansible.sops.json');
    expect(push.output).toContain(says);
    expect(push.output).toContain('ansible.sops.json, line 1: looks like a secret (value-under-a-telling-name)');
    expect(push.code).not.toBe(0);
  });

  test('a link in place of a file, that leads out of the repository or to what is not encrypted', () => {
    for (const [target, says] of [['/etc/passwd', 'leads out'], ['../secret.json', 'leads out'], ['plain.json', "to 'plain.json', which is no encrypted file"]] as const) {
      rmSync(join(clone, 'ansible.sops.json'));
      symlinkSync(target, join(clone, 'ansible.sops.json'));
      git('add', 'ansible.sops.json');
      expect(commit().output).toContain(says);
    }
    expect(pushHidden('ansible.sops.json').output).toContain('ansible.sops.json: it is a link to');
  });

  test('a clear file under the new name of an encrypted one, moved or copied, whatever git is told about renames', () => {
    git('config', 'diff.renames', 'copies');
    renameSync(join(clone, 'plain.json'), join(clone, 'moved.sops.json'));
    git('add', '--all');
    expect(commit().output).toContain('moved.sops.json: it is not encrypted');
    expect(pushHidden('moved.sops.json').output).toContain('moved.sops.json: it is not encrypted');
  });

  test('a submodule', () => {
    git('config', 'diff.ignoreSubmodules', 'all');
    git('update-index', '--add', '--cacheinfo', `160000,${git('rev-parse', 'HEAD').output.trim()},elsewhere`);
    expect(commit().output).toContain("elsewhere: a submodule's content is in another repository");
    git('config', '--unset', 'diff.ignoreSubmodules');
    expect(pushHidden('elsewhere').output).toContain('elsewhere: a submodule');
  });

  test('what a merge brought in by itself', () => {
    git('checkout', '-q', '-b', 'side');
    write('side.md', 'A side.\n');
    commit();
    git('checkout', '-q', '-');
    write('main.md', 'A main.\n');
    commit();
    git('merge', '--no-commit', '--no-ff', 'side');
    write('merged.txt', STATE);
    git('commit', '--no-verify', '-m', 'merge');
    expect(pushHidden('merged.txt').output).toContain('merged.txt: a Terraform state');
  });
});

test('a value in the example that the example did not make up is refused, and the shipped one is not', () => {
  // The clone's own folder of that name is a link to the project's.
  rmSync(join(clone, 'secrets'));
  mkdirSync(join(clone, 'secrets', 'example'), { recursive: true });
  symlinkSync(join(ROOT, 'secrets', 'main.ts'), join(clone, 'secrets', 'main.ts'));
  const shipped = join(ROOT, 'secrets', 'example', 'ansible.sops.json');
  const file = 'secrets/example/ansible.sops.json';
  copyFileSync(shipped, join(clone, file));
  git('add', '--force', file);
  expect(commit()).toMatchObject({ code: 0 });
  const env = { ...process.env, SOPS_AGE_KEY_FILE: join(ROOT, 'secrets', 'example', 'age-key.txt') };
  const set = spawnSync(toolPath('sops'), ['set', '--value-stdin', join(clone, file), '["n8n_owner_password"]'], { env, input: JSON.stringify(WORD) });
  expect(set.status).toBe(0);
  git('add', '--force', file);
  const refused = commit();
  expect(refused.code).not.toBe(0);
  expect(refused.output).toContain(`${file}: 'n8n_owner_password' was not made up by`);
  expect(refused.output).not.toContain(WORD);
});

test('this repository, all of its history, holds nothing unencrypted', () => {
  const scan = spawnSync(process.execPath, ['--import', 'tsx', 'secrets/main.ts', 'scan'], { cwd: ROOT, encoding: 'utf8' });
  expect(scan.stdout).toBe('');
  expect(scan.status).toBe(0);
});
