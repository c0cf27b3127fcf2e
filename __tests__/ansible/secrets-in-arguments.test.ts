import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { optionsOf } from '../helpers/argument-spec';
import { roleNames, tasksOf, type Task } from '../helpers/role-tasks';
import { root } from '../helpers/run-synth';

/** Every account of a machine reads the arguments of every process, so no secret is one: environment, stdin or a file is. */
const startsProgram = /^(ansible\.builtin\.)?(command|shell|script|raw|expect)$/;
const secretName = /(^|_)(password|passwd|passphrase|secret|token|(secret|private|encryption|access)_key)s?$/;
/** What only sounds like one: the name of a token is no secret. */
const publicName = /^pve_init_api_token$|_(file|folder|path|name|user|port|days|expire|url)$/;

/** Variables of a role that hold a secret: declared so, called so, made of such, or registered by a task that keeps quiet. */
function secretsOf(role: string): Set<string> {
  const declared = Object.entries(optionsOf(role)).flatMap(([name, option]) => {
    const { description } = option as { description?: string | string[] };
    return String(description).startsWith('Secret.') || (secretName.test(name) && !publicName.test(name)) ? [name] : [];
  });
  const quiet = tasksOf(role).flatMap(({ task }) => (task['no_log'] === true && typeof task['register'] === 'string' ? [task['register']] : []));
  const secrets = new Set([...declared, ...quiet, 'homelab_secrets']);
  for (let before = -1; before < secrets.size; ) {
    before = secrets.size;
    for (const [name, value] of Object.entries(variablesOf(role))) if (names(secrets, value).length > 0) secrets.add(name);
  }
  return secrets;
}

function variablesOf(role: string): Record<string, unknown> {
  const files = ['vars/main.yml', 'defaults/main.yml'].map((name) => join(root, 'ansible/roles', role, name)).filter(existsSync);
  return Object.assign({}, ...files.map((file) => parse(readFileSync(file, 'utf8')) as object)) as Record<string, unknown>;
}

/** Which secrets a value names; the return code and the length of one tell nothing. */
function names(secrets: ReadonlySet<string>, value: unknown): string[] {
  const text = (JSON.stringify(value) ?? '').replace(/(\w+)(\.(rc|status|changed|stat)\b| \| length\b| is changed\b)/g, '');
  return [...secrets].filter((name) => new RegExp(`\\b${name}\\b`).test(text));
}

/** What a task gives to a program as arguments. */
function argumentsIn(task: Task): unknown[] {
  return Object.entries(task).flatMap(([module, given]) => {
    if (!startsProgram.test(module)) return [];
    if (typeof given !== 'object' || given === null) return [given];
    const { stdin: _stdin, responses: _responses, ...rest } = given as Record<string, unknown>;
    return [rest, (task['vars'] ?? {}) as unknown];
  });
}

const leaks = (role: string, tasks: readonly Task[]): string[] =>
  tasks.flatMap((task) => argumentsIn(task).flatMap((given) => names(secretsOf(role), given)).map((name) => `${String(task['name'])}: ${name}`));

test.each(roleNames())('%s gives no secret to a program as an argument', (role) => {
  expect(leaks(role, tasksOf(role).map(({ task }) => task))).toEqual([]);
});

test.each(roleNames().filter((role) => existsSync(join(root, 'ansible/roles', role, 'templates'))))('nor does a unit or a script that %s writes', (role) => {
  const folder = join(root, 'ansible/roles', role, 'templates');
  const scripts = readdirSync(folder).filter((name) => /\.(service|sh|conf)\.j2$/.test(name) || readFileSync(join(folder, name), 'utf8').startsWith('#!'));
  const lines = scripts.flatMap((name) => {
    const text = readFileSync(join(folder, name), 'utf8');
    return text.split('\n').filter((line) => text.startsWith('#!') || /^Exec\w+=/.test(line));
  });
  expect(lines.flatMap((line) => names(secretsOf(role), line))).toEqual([]);
});

test.each<[string, Task]>([
  ['an argument', { name: 'x', 'ansible.builtin.command': { argv: ['gitea', '--password', '{{ gitea_admin_password }}'] } }],
  ['a line of shell', { name: 'x', 'ansible.builtin.shell': { cmd: 'echo {{ gitea_admin_password }} | passwd --stdin' } }],
  ['the short form', { name: 'x', command: 'gitea --password {{ gitea_admin_password }}' }],
  ['the answer of a quiet task', { name: 'x', 'ansible.builtin.command': { argv: ['curl', '-H', 'token {{ gitea_token.stdout }}'] } }],
  ['a variable of the task', { name: 'x', 'ansible.builtin.command': { argv: ['{{ line }}'] }, vars: { line: '{{ gitea_admin_password }}' } }],
])('a secret in %s is found', (_where, task) => expect(leaks('gitea', [task])).not.toEqual([]));

test('the environment, stdin and a return code are no arguments', () => {
  const task = { name: 'x', 'ansible.builtin.command': { argv: ['login', '{{ gitea_token.rc }}'], stdin: '{{ gitea_admin_password }}' }, environment: { P: '{{ gitea_admin_password }}' } };
  expect(leaks('gitea', [task])).toEqual([]);
});

/** Our own programs: words of a command line that would carry a secret. */
test('no program of the project is written to give one either', () => {
  const folders = ['care', 'common', 'recovery', 'scripts', 'secrets', 'state', 'tools', 'ansible/roles'];
  const files = folders.flatMap((folder) => readdirSync(join(root, folder), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && !/\.(md|json|lock|txt)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
  const flags = /--(password|passwd|passphrase|secret-key|auth-token|access-token)[ ='",]|\bsshpass\b.* -p|\bcurl\b.* (-u|--user) |\bmc alias set\b|\bhtpasswd\b.* -[a-z]*b|PGPASSWORD=['"$]/;
  const found = files.flatMap((file) => readFileSync(file, 'utf8').split('\n').filter((line) => flags.test(line)).map((line) => `${file}: ${line.trim()}`));
  expect(files.length).toBeGreaterThan(200);
  expect(found).toEqual([]);
});
