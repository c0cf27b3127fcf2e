import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { layerPlays } from '../../constructs/render/layer-playbook';
import type { AnsiblePlayProps } from '../../constructs/core/ansible';
import { root } from '../helpers/run-synth';

const folder = mkdtempSync(join(root, '.cache/layer-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeAll(() => void execFileSync(process.execPath, [join(root, 'tools/python.mjs')], { stdio: 'inherit' }), 600_000);

const local = { ansible_connection: 'local', ansible_python_interpreter: '{{ ansible_playbook_python }}' };
const nobody = { ansible_host: '127.0.0.9', ansible_port: 1 };
const install = (guest: string, role: string, needs: string[] = []): AnsiblePlayProps => ({
  playbook: `guests/${guest}`, layer: 'platform', title: `Install ${guest}`, hostName: guest, roles: [{ role }], needs,
});
const attach = (guest: string, role: string): AnsiblePlayProps => ({
  playbook: `guests/${guest}`, layer: 'platform', title: `Attach to ${guest}`, hostName: 'loft', roles: [{ role }],
});

/** Runs a layer of made-up guests with real Ansible; `works` leaves a file, the others fail in their ways. */
function run(plays: AnsiblePlayProps[], hosts: Record<string, object>, args: string[] = []): { status: number | null; output: string } {
  const role = (name: string, tasks: unknown[], handlers: unknown[] = []): void => {
    for (const [part, content] of [['tasks', tasks], ['handlers', handlers]] as const) {
      mkdirSync(join(folder, 'roles', name, part), { recursive: true });
      writeFileSync(join(folder, 'roles', name, part, 'main.yml'), stringify(content));
    }
  };
  role('works', [{ name: 'Say so', 'ansible.builtin.debug': { msg: 'installed {{ inventory_hostname }}' } }]);
  role('breaks', [{ name: 'Break', 'ansible.builtin.command': 'false' }]);
  role('restarts', [{ name: 'Change', 'ansible.builtin.command': 'true', notify: 'Restart' }, { 'ansible.builtin.meta': 'flush_handlers' }], [
    { name: 'Restart', 'ansible.builtin.command': 'false' },
  ]);
  writeFileSync(join(folder, 'inventory.json'), JSON.stringify({ all: { hosts: { loft: local }, children: { guests: { hosts } } } }));
  writeFileSync(join(folder, 'play.yml'), stringify(layerPlays(plays), { aliasDuplicateObjects: false }));
  const bin = join(root, '.tools/python/bin');
  const { status, stdout, stderr } = spawnSync(join(bin, 'ansible-playbook'), ['-i', 'inventory.json', 'play.yml', ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, PATH: `${bin}:${process.env['PATH']}`, ANSIBLE_HOME: join(folder, '.ansible'), ANSIBLE_NOCOLOR: '1', ANSIBLE_ROLES_PATH: 'roles' },
  });
  return { status, output: `${stdout}${stderr}` };
}

test.each([
  ['is switched off', install('tunnel', 'works'), nobody],
  ['fails in a task', install('tunnel', 'breaks'), local],
  ['cannot be restarted', install('tunnel', 'restarts'), local],
])('a guest that %s does not stop the next one, and the run says so at its end', (_how, tunnel, how) => {
  const { status, output } = run([attach('tunnel', 'works'), tunnel, attach('database', 'works'), install('database', 'works')], { tunnel: how, database: local });
  expect(output).toContain('installed database');
  expect(output).toContain('tunnel failed; once it is corrected: ansible-playbook ../cdktf.out/ansible/playbooks/guests/tunnel.yml');
  expect(status).not.toBe(0);
}, 60_000);

test('a guest is not tried when what it needs failed, and says which', () => {
  const { output, status } = run([install('database', 'breaks'), install('wiki', 'works', ['database']), install('notes', 'works')], { database: local, wiki: local, notes: local });
  expect(output).toContain('it needs database, which failed in this run; the guest was not touched');
  expect(output).toContain('installed notes');
  expect(output).not.toContain('installed wiki');
  expect(status).not.toBe(0);
}, 60_000);

test('a guest whose volumes could not be attached is not touched, and the host goes on with the next one', () => {
  const plays = [attach('wiki', 'breaks'), install('wiki', 'works'), attach('notes', 'works'), install('notes', 'works')];
  const { output, status } = run(plays, { wiki: local, notes: local });
  expect(output).toContain("the host's part failed at 'Break'");
  expect(output).not.toContain('installed wiki');
  expect(output).toContain('installed notes');
  expect(status).not.toBe(0);
}, 60_000);

test('a run in which nothing fails ends with success and names nobody', () => {
  const { output, status } = run([install('wiki', 'works'), install('notes', 'works')], { wiki: local, notes: local }, ['--limit', 'wiki,notes']);
  expect(output).not.toContain('once it is corrected');
  expect(status).toBe(0);
}, 60_000);
