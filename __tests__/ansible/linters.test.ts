import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../helpers/run-synth';

const bin = join(root, '.tools/python/bin');
beforeAll(() => execFileSync(process.execPath, [join(root, 'tools/python.mjs')], { stdio: 'inherit' }), 600_000);

const tracked = execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' }).trim().split('\n');
// Templates are no scripts before Ansible has filled them in.
const scripts = tracked.filter((path) => !path.endsWith('.j2') && /^#!.*\b(ba)?sh$/m.test(readFileSync(join(root, path), 'latin1').split('\n', 1)[0]!));

test('yamllint finds nothing in the roles', () => {
  const { status, stdout } = spawnSync(join(bin, 'yamllint'), ['--strict', 'ansible'], { cwd: root, encoding: 'utf8' });
  expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
});

test('there are shell scripts to look at', () => expect(scripts.length).toBeGreaterThan(10));

test.each(scripts)('shellcheck finds nothing in %s', (path) => {
  const { status, stdout } = spawnSync(join(bin, 'shellcheck'), [path], { cwd: root, encoding: 'utf8' });
  expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
});
