import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { ROOT, ScriptLab } from './script-lab';

const SCRIPT = join(ROOT, 'scripts', 'bootstrap-pve.sh');
jest.setTimeout(60_000);

/** A repository with two commits, real git, and stand-ins for Debian's package tools, make and Ansible. */
let lab: ScriptLab;
let commits: string[];
const git = (...args: string[]) => {
  const run = spawnSync('git', ['-c', 'user.name=house', '-c', 'user.email=house@example.org', '-C', lab.path('origin'), ...args], { encoding: 'utf8' });
  if (run.status !== 0) throw new Error(run.stderr);
  return run.stdout.trim();
};
beforeEach(() => {
  lab = new ScriptLab();
  spawnSync('git', ['init', '--quiet', '--initial-branch=main', lab.path('origin')]);
  commits = ['one', 'two'].map((content) => {
    writeFileSync(lab.path('origin', 'Makefile'), `# ${content}\n`);
    git('add', '.');
    git('commit', '--quiet', '-m', content);
    return git('rev-parse', 'HEAD');
  });
  lab.standIn('id', 'echo 0');
  lab.standIn('pveversion');
  lab.standIn('dpkg-query', '[ -e "$LAB/installed" ] && echo installed || exit 1');
  lab.standIn('apt-get', 'case "$*" in *install*) touch "$LAB/installed" ;; esac');
  for (const name of ['make', 'ansible-playbook']) lab.standIn(name);
});
afterEach(() => lab.remove());

const folder = () => lab.path('node', 'homelab');
const bootstrap = (commit: string, ...args: string[]) => {
  spawnSync('mkdir', ['-p', lab.path('node')]);
  return lab.run(SCRIPT, ['--repo', lab.path('origin'), '--commit', commit, '--folder', folder(), ...args]);
};
const acts = () => lab.calls().filter((call) => !/^(id|dpkg-query|pveversion)/.test(call)).map((call) => call.split(lab.folder).join('LAB'));

test('brings packages, the repository at exactly that commit, and runs the host play here', () => {
  expect(bootstrap(commits[0]!, '--', '--check')).toMatchObject({ code: 0, stdout: expect.stringContaining(`done, at commit ${commits[0]}`) });
  expect(readFileSync(join(folder(), 'Makefile'), 'utf8')).toBe('# one\n');
  expect(acts()).toEqual([
    expect.stringMatching(/^apt-get .*update$/),
    expect.stringMatching(/^apt-get .*install git make ansible nodejs npm$/),
    'make --directory LAB/node/homelab --no-print-directory synth',
    'ansible-playbook --connection local --inventory LAB/node/homelab/cdktf.out/ansible/inventories/prod.yml --check LAB/node/homelab/cdktf.out/ansible/playbooks/metal.yml',
  ]);
});

test('the second time it installs nothing and moves to the commit that is named', () => {
  bootstrap(commits[0]!);
  acts();
  expect(bootstrap(commits[1]!)).toMatchObject({ code: 0 });
  expect(readFileSync(join(folder(), 'Makefile'), 'utf8')).toBe('# two\n');
  expect(acts().map((call) => call.split(' ')[0])).toEqual(['make', 'ansible-playbook']);
});

test('finds a commit that was made after the first time', () => {
  bootstrap(commits[0]!);
  writeFileSync(lab.path('origin', 'Makefile'), '# three\n');
  git('commit', '--quiet', '--all', '-m', 'three');
  expect(bootstrap(git('rev-parse', 'HEAD'))).toMatchObject({ code: 0 });
  expect(readFileSync(join(folder(), 'Makefile'), 'utf8')).toBe('# three\n');
});

test('a mirror is a setting of one run', () => {
  lab.standIn('apt-get', 'for word; do case $word in Dir::Etc::SourceList=*) cat "${word#*=}" >>"$LAB/sources" ;; esac; done');
  bootstrap(commits[0]!, '--mirror', 'http://mirror.example/debian');
  expect(readFileSync(lab.path('sources'), 'utf8')).toMatch(/^URIs: http:\/\/mirror.example\/debian$/m);
});

test('without a network it says so, and has changed nothing', () => {
  lab.standIn('apt-get', "echo 'E: Failed to fetch' >&2; exit 100");
  expect(bootstrap(commits[0]!)).toMatchObject({ code: 1, stderr: expect.stringMatching(/the Debian mirror does not answer; nothing was installed.*ip route/) });
  expect(existsSync(folder())).toBe(false);
});

test('without the repository it says so, and keeps no half of one', () => {
  const run = lab.run(SCRIPT, ['--repo', lab.path('nowhere'), '--commit', commits[0]!, '--folder', folder()]);
  expect(run).toMatchObject({ code: 1, stderr: expect.stringContaining('cannot be reached; nothing was kept') });
  expect(existsSync(folder())).toBe(false);
});

test('a play that fails is told; the next run does it again', () => {
  lab.standIn('ansible-playbook', 'exit 2');
  expect(bootstrap(commits[0]!)).toMatchObject({ code: 1, stderr: expect.stringContaining('the play stopped') });
  lab.standIn('ansible-playbook');
  expect(bootstrap(commits[0]!)).toMatchObject({ code: 0 });
});

test('work of somebody in the folder stays as it is', () => {
  bootstrap(commits[0]!);
  writeFileSync(join(folder(), 'Makefile'), '# mine\n');
  expect(bootstrap(commits[1]!)).toMatchObject({ code: 1, stderr: expect.stringContaining('has changes of its own') });
  expect(readFileSync(join(folder(), 'Makefile'), 'utf8')).toBe('# mine\n');
});

test('a machine without Proxmox VE is left alone', () => {
  lab.standIn('id', 'echo 1000');
  expect(bootstrap(commits[0]!)).toMatchObject({ code: 1, stderr: expect.stringContaining('must be run as root') });
  expect(acts()).toEqual([]);
});

test('--dry-run prints every command and runs none', () => {
  expect(bootstrap(commits[0]!, '--dry-run')).toMatchObject({ code: 0, stdout: expect.stringMatching(/apt-get[^]*git clone[^]*ansible-playbook/) });
  expect(acts()).toEqual([]);
  expect(existsSync(folder())).toBe(false);
});

test.each([
  [['--commit', 'main', '--repo', 'x'], "--commit must be all 40 digits of a commit, got 'main'"],
  [['--commit', 'a'.repeat(40)], '--repo is needed'],
  [['--repo'], '--repo needs a value'],
  [['--force'], "unknown argument '--force'"],
])('%j is wrong usage', (args, words) => {
  expect(lab.run(SCRIPT, args)).toMatchObject({ code: 2, stderr: expect.stringContaining(words) });
});
