import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';

import { BUILD_TIMEOUT_MS, ensureTools, ROOT } from '../tools/ensure-tools';
import { Project } from './project';

jest.setTimeout(60_000);

const SECRET = '99999999-aaaa-bbbb-cccc-dddddddddddd';

/** What the role pve-init does with a new token, and what comes after it; the host is this machine. */
const playbook = (isNew: boolean, fails: boolean) => [
  {
    name: 'Bring the host up',
    hosts: 'localhost',
    connection: 'local',
    gather_facts: false,
    tasks: [
      { name: 'Write the secret', 'ansible.builtin.copy': { content: SECRET, dest: '{{ pve_init_api_token_secret_file }}', mode: '0600' }, when: isNew, no_log: true },
      { name: 'Tell where', 'ansible.builtin.copy': { content: '{{ pve_init_api_token_secret_file }}', dest: '{{ playbook_dir }}/where.txt', mode: '0600' } },
      { name: 'Go on', 'ansible.builtin.command': fails ? 'false' : 'true' },
    ],
  },
];

let project: Project;
beforeAll(() => {
  ensureTools('age', 'sops');
  const python = spawnSync(process.execPath, [join(ROOT, 'tools', 'python.mjs')], { stdio: ['ignore', 'inherit', 'inherit'] });
  if (python.status !== 0) throw new Error('tools/python.mjs failed, see above');
  project = Project.owned();
  mkdirSync(project.path('ansible'));
  for (const folder of ['playbooks', 'inventories/host_vars']) mkdirSync(project.path('cdktf.out', 'ansible', folder), { recursive: true });
  const variables = { pve_init_api_user: 'builder@pve', pve_init_api_token: 'house', pve_init_api_roles: ['PVEAdmin'] };
  writeFileSync(project.path('cdktf.out', 'ansible', 'inventories', 'host_vars', 'pve.yml'), JSON.stringify(variables));
}, BUILD_TIMEOUT_MS);
afterAll(() => project.remove());

const makeToken = (isNew: boolean, fails = false) => {
  writeFileSync(project.path('cdktf.out', 'ansible', 'playbooks', 'metal.yml'), JSON.stringify(playbook(isNew, fails)));
  return project.secrets(['make-token', '--', '--diff']);
};
const stored = () => project.secrets(['show', 'proxmox_api_token']).stdout;

test('the secret of a new token is encrypted, and neither printed nor left behind', () => {
  const run = makeToken(true);
  expect(run.code).toBe(0);
  expect(run.output).toContain('made proxmox_api_token, encrypted it in tfvars.sops.json');
  expect(run.output).not.toContain(SECRET);
  expect(stored()).toBe(`builder@pve!house=${SECRET}\n`);
  const where = project.read('cdktf.out', 'ansible', 'playbooks', 'where.txt');
  expect(where).toMatch(/^\/dev\/shm\/homelab-/);
  expect(existsSync(dirname(where))).toBe(false);
});

test('it is kept also when what comes after it fails', () => {
  project.secrets(['set', 'proxmox_api_token'], { input: 'builder@pve!house=00000000-1111-2222-3333-444444444444' });
  const run = makeToken(true, true);
  expect(run.code).toBe(1);
  expect(run.stderr).toContain('ansible-playbook ended with exit code 2, see above; mend it and run again');
  expect(stored()).toBe(`builder@pve!house=${SECRET}\n`);
});

test('of a token that the host has already, the secret stays as it is, and the owner is told how to get a new one', () => {
  const run = makeToken(false);
  expect(run.code).toBe(0);
  expect(run.stdout).toContain('pveum user token remove builder@pve house');
  expect(stored()).toBe(`builder@pve!house=${SECRET}\n`);
});

test('any emitted playbook can be played with secrets', () => {
  const run = project.secrets(['play', 'metal', '--', '--list-tasks']);
  expect(run.output).toContain('Bring the host up');
  expect(run.code).toBe(0);
  expect(project.secrets(['play', 'guests/wiki']).stderr).toMatch(/guests\/wiki\.yml' is not there; nothing was run/);
});

test('with the example secrets nothing is run', () => {
  const fresh = Project.fresh();
  try {
    for (const command of [['make-token'], ['play', 'metal']]) expect(fresh.secrets(command)).toMatchObject({ code: 1, stdout: '' });
  } finally {
    fresh.remove();
  }
});
