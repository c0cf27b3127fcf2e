import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../helpers/run-synth';

jest.setTimeout(240_000);

const database = (name: string, owner = 'owner') => ({ postgresql_databases: [{ name, owner, password: 'Sommer-2026' }] });

/** Values that would become more than a value: a rule, a setting, a command. */
const hostile: readonly [string, object][] = [
  ['a second rule of pg_hba.conf', database('n8n', 'n8n all 0.0.0.0/0 trust\nhost all')],
  ['a keyword of pg_hba.conf with others', database('all,replication')],
  ['SQL', database('n8n"; DROP DATABASE gitea; --')],
  ['a path', database('../../etc')],
  ['an option', database('-h')],
  ['a name in capitals, which SQL would fold', database('N8n')],
  ['a name that is too long', database('x'.repeat(64))],
  ['a database of the server', database('template1')],
  ['the role of the server', database('n8n', 'postgres')],
  ['a line break at the end', database('n8n\n')],
  ['a second setting', { postgresql_settings: { max_connections: "100'\nshared_preload_libraries = 'evil" } }],
  ['a setting in the place of a name', { postgresql_settings: { "a = 'b'\nport": 1 } }],
  ['a network with a rule', { postgresql_allowed_network: '10.0.0.0/24 trust\nhost all all 0.0.0.0/0' }],
  ['an address with a setting', { postgresql_listen_addresses: "*'\nport = '1" }],
];
const sound = { postgresql_allowed_network: '10.0.0.0/24', ...database('n8n_2', '_n8n'), postgresql_settings: { cluster_name: "it's a \\ name", 'auto_explain.log_min_duration': 250 } };

const folder = mkdtempSync(join(root, '.cache/postgresql-'));
const results = (): string[] => readFileSync(join(folder, 'results'), 'utf8').trim().split('\n');

beforeAll(() => {
  execFileSync(process.execPath, [join(root, 'tools/python.mjs')], { stdio: ['ignore', 'inherit', 'inherit'] });
  const note = (text: string) => ({ 'ansible.builtin.shell': { cmd: `echo '${text}' >>results`, chdir: folder } });
  const check = { 'ansible.builtin.include_role': { name: 'postgresql', tasks_from: 'check' } };
  const tries = [sound, ...hostile.map(([, values]) => ({ ...sound, ...values }))].map((values, index) => ({
    vars: { ...values, here: index },
    block: [check, note(`${index} taken`)],
    rescue: [note(`${index} refused`)],
  }));
  const templates = ['homelab.conf', 'pg_hba.conf'].map((name) => ({
    vars: sound,
    'ansible.builtin.template': { src: join(root, `ansible/roles/postgresql/templates/${name}.j2`), dest: join(folder, name) },
  }));
  const vars = { ansible_connection: 'local', ansible_python_interpreter: '{{ ansible_playbook_python }}', postgresql_port: 5432, postgresql_listen_addresses: '*' };
  writeFileSync(join(folder, 'play.yml'), JSON.stringify([{ hosts: 'all', gather_facts: false, vars, tasks: [...tries, ...templates] }]));
  const env = { ...process.env, ANSIBLE_CONFIG: join(root, 'ansible/ansible.cfg'), ANSIBLE_LOCAL_TEMP: join(folder, 'tmp') };
  const run = spawnSync(join(root, '.tools/python/bin/ansible-playbook'), ['--inventory', 'here,', join(folder, 'play.yml')], { env, encoding: 'utf8' });
  if (run.status !== 0) throw new Error(run.stdout + run.stderr);
}, 900_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('names and settings of one plain word or line are taken', () => expect(results()[0]).toBe('0 taken'));

test.each(hostile.map(([what], index) => [what, index + 1] as const))('%s is refused before anything is changed', (_what, index) => {
  expect(results()[index]).toBe(`${index} refused`);
});

test('values stand in quotes, in which nothing ends them', () => {
  const settings = readFileSync(join(folder, 'homelab.conf'), 'utf8').split('\n');
  expect(settings).toContain("cluster_name = 'it''s a \\\\ name'");
  expect(settings).toContain("listen_addresses = '*'");
  expect(settings).toContain("auto_explain.log_min_duration = '250'");
  expect(readFileSync(join(folder, 'pg_hba.conf'), 'utf8')).toContain('\nhost    "n8n_2"  "_n8n"  10.0.0.0/24  scram-sha-256\n');
});
