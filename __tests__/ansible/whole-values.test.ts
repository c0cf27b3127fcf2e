import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { roleNames, tasksOf } from '../helpers/role-tasks';
import { root } from '../helpers/run-synth';

const folder = mkdtempSync(join(root, '.cache/whole-values-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const roles = join(root, 'ansible/roles');
const filesOf = (role: string, ends: readonly string[]): string[] =>
  (readdirSync(join(roles, role), { recursive: true }) as string[]).filter((name) => ends.some((end) => name.endsWith(end)));

// In Python `$` matches before a line break at the end too, and so lets a second line through. Where every line is meant, `(?m)` says so.
describe.each(roleNames())('%s', (role) => {
  test('ends no pattern with $, before which a line break could hide', () => {
    const quoted = /'((?:[^'\\]|\\.)*)'/g;
    const asks = /\b(?:match|search|regex_\w+)\b/;
    const found = filesOf(role, ['.yml', '.j2']).flatMap((name) => {
      const lines = readFileSync(join(roles, role, name), 'utf8').split('\n').filter((line) => asks.test(line));
      const patterns = lines.flatMap((line) => [...line.matchAll(quoted)].map(([, pattern]) => pattern));
      return patterns.filter((pattern) => /(?:^|[^\\[])\$(?:$|[|)])/.test(pattern) && !pattern.startsWith('(?m)')).map((pattern) => `${name}: ${pattern}`);
    });
    expect(found).toEqual([]);
  });

  test('asks for the whole text in Python with fullmatch', () => {
    const found = filesOf(role, ['.py']).flatMap((name) =>
      readFileSync(join(roles, role, name), 'utf8').split('\n').filter((line) => /\$["']/.test(line) && /\bre\./.test(line) && !/\bre\.M\b/.test(line)).map((line) => `${name}: ${line}`));
    expect(found).toEqual([]);
  });
});

const KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIUhuSY0yA54i9k96loimfRjmIvddyevLT1hx2cog4DZ me';
const twoKeys = `${KEY}\nssh-rsa AAAAB3NzaC1yc2E evil`;
const twoKeysWithOptions = `${KEY}\ncommand="/bin/sh" ssh-dss AAAA evil`;
const MAC = '02:5e:1f:aa:07:c3';

/** A condition that a role asserts, found by the variable in it; values that it takes, and values that it must not. */
const conditions: readonly (readonly [role: string, variable: string, name: string, sound: readonly unknown[], hostile: readonly unknown[]])[] = [
  ['guest_base', 'guest_base_authorized_keys | reject', 'guest_base_authorized_keys', [[KEY]], [[`${KEY}\n`], [twoKeys], [twoKeysWithOptions], [`x ${KEY}`], [KEY, 'ssh-rsa AAAA me']]],
  ['pve-init', 'pve_init_ssh_keys | reject', 'pve_init_ssh_keys', [[KEY]], [[`${KEY}\n`], [twoKeys], [twoKeysWithOptions]]],
  ['pve-init', 'pve_init_kernel is', 'pve_init_kernel', ['', '6.17.4-2-pve'], ['6.17.4-2-pve\n', '6.17.4-2-pve --help', '\n']],
  ['pve_template', 'ssh_public_keys | reject', 'pve_template_wanted', [{ ssh_public_keys: [KEY] }], [{ ssh_public_keys: [twoKeys] }]],
  ['pve_template', 'image_checksum is', 'pve_template_wanted', [{ image_checksum: `sha256:${'a'.repeat(64)}` }], [{ image_checksum: `sha256:${'a'.repeat(64)}\n` }]],
  ['pxe_server', "map(attribute='mac') | reject", 'pxe_server_hosts', [[{ mac: MAC }]], [[{ mac: `${MAC}\n` }], [{ mac: MAC.toUpperCase() }], [{ mac: `${MAC}/../x` }]]],
  ['pxe_server', 'root_password_hash is', 'pxe_server_root_password_hash', ['', '$y$j9T$salt$hash', '$6$salt$hash'], ['$y$x\nd-i preseed/late_command string evil', '$6$x\n', '\n']],
  ['zfs_setup', 'pool_guid is', 'zfs_setup_pool_guid', ['', '12345'], ['12345\n', '\n', '0']],
  ['zfs_setup', 'former_hostid is', 'zfs_setup_former_hostid', ['', '00c0ffee'], ['00c0ffee\n']],
  ['mongodb', 'mongodb_version is', 'mongodb_version', ['7.0.37'], ['7.0.37\n', '7.0.37 evil=1', '8.0.1']],
  ['nvidia-passthrough', 'driver_version is', 'nvidia_passthrough_driver_version', ['590.48.01'], ['590.48.01\n']],
];

const tries = conditions.flatMap(([role, part, name, sound, hostile]) => {
  const all = tasksOf(role).flatMap(({ task }) => [((task['ansible.builtin.assert'] ?? {}) as { that?: unknown }).that ?? []].flat() as string[]);
  const condition = all.find((each) => each.includes(part)) ?? '';
  return [...sound.map((value) => ({ value, verdict: 'taken' })), ...hostile.map((value) => ({ value, verdict: 'refused' }))].map((each) => ({ role, name, condition, ...each }));
});

describe('in the condition itself, as Ansible reads it', () => {
  let verdicts: string[];
  beforeAll(() => {
    execFileSync(process.execPath, [join(root, 'tools/python.mjs')], { stdio: ['ignore', 'inherit', 'inherit'] });
    const note = (text: string) => ({ 'ansible.builtin.shell': { cmd: `echo ${text} >>results`, chdir: folder } });
    const tasks = tries.map(({ name, condition, value }) => ({
      vars: { [name]: value },
      block: [{ 'ansible.builtin.assert': { that: condition } }, note('taken')],
      rescue: [note('refused')],
    }));
    const vars = { ansible_connection: 'local', ansible_python_interpreter: '{{ ansible_playbook_python }}' };
    writeFileSync(join(folder, 'play.yml'), JSON.stringify([{ hosts: 'all', gather_facts: false, vars, tasks }]));
    const env = { ...process.env, ANSIBLE_LOCAL_TEMP: join(folder, 'tmp'), ANSIBLE_HOME: join(folder, 'home') };
    const run = spawnSync(join(root, '.tools/python/bin/ansible-playbook'), ['--inventory', 'here,', join(folder, 'play.yml')], { env, encoding: 'utf8' });
    if (run.status !== 0) throw new Error(run.stdout + run.stderr);
    verdicts = readFileSync(join(folder, 'results'), 'utf8').trim().split('\n');
  }, 900_000);

  test.each(tries.map(({ role, name, value, verdict }, index) => [role, name, JSON.stringify(value), verdict, index] as const))('%s: %s = %s is %s', (_role, _name, _value, verdict, index) => {
    expect(tries[index]!.condition).not.toBe('');
    expect(verdicts[index]).toBe(verdict);
  });
});
