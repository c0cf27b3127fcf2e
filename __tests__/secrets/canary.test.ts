import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

import { BUILD_TIMEOUT_MS, ensureTools, ROOT } from '../tools/ensure-tools';
import { terraformPath } from '../../tools/tool-path';
import { nameProblems } from '../../secrets/check';
import { EXAMPLE_BLOB } from '../../secrets/example-ssh-key';
import { openValues, putValues } from '../../secrets/make-missing';
import { readManifest, type SecretSpec } from '../../secrets/manifest';
import { exampleStore } from '../../secrets/store';
import { Project, type Run } from './project';

jest.setTimeout(120_000);

const digest = (name: string) => createHash('sha256').update(`${name} ${process.pid}`).digest('hex');
const uuid = (name: string) => digest(name).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*/, '$1-$2-$3-$4-$5');

/** Values of secrets that have a form. */
const FORMED: Readonly<Record<string, string>> = {
  proxmox_api_token: `canary@pve!canary=${uuid('proxmox_api_token')}`,
  cloudflared_tunnel_token: Buffer.from(JSON.stringify({ a: 'canary', t: uuid('cloudflared_tunnel_token'), s: 'canary' })).toString('base64'),
};

/** A value that stands nowhere by chance. */
const canary = (name: string) => FORMED[name] ?? `canary0${digest(name)}`;

/** What of it nobody may see: of an API token, the part after its name. */
const trace = (name: string) => (name === 'proxmox_api_token' ? uuid(name) : canary(name));

/** A key of this house's own: with the shipped example no real secret is used. */
const SSH_KEY = `ssh-ed25519 ${Buffer.concat([Buffer.from('0000000b7373682d6564323535313900000020', 'hex'), createHash('sha256').update('canary').digest()]).toString('base64')} canary`;

/** The trees that synth emits, as they are once homelab/keys.ts holds a key of its own. */
function copyEmitted(project: Project): void {
  for (const tree of ['ansible', 'stacks']) cpSync(join(ROOT, 'cdktf.out', tree), project.path('cdktf.out', tree), { recursive: true });
  for (const path of filesBelow(project.path('cdktf.out'))) {
    const text = readFileSync(path, 'utf8');
    if (text.includes(EXAMPLE_BLOB)) writeFileSync(path, text.replaceAll(EXAMPLE_BLOB, SSH_KEY.split(' ')[1]!));
  }
}

const STACK = {
  variable: { proxmox_api_token: { type: 'string', sensitive: true, ephemeral: true } },
  resource: {
    terraform_data: {
      processes: { provisioner: [{ 'local-exec': { command: 'ps -eo args > processes.txt' } }] },
      token: { input: '${nonsensitive(ephemeralasnull(length(var.proxmox_api_token)) == null)}' },
    },
  },
};

/** What a role does with secrets, for each of them: by the variables that the definition emits. */
const PLAYBOOK = [
  {
    name: 'Use secrets',
    hosts: 'minio',
    connection: 'local',
    gather_facts: false,
    vars: { ansible_python_interpreter: '{{ ansible_playbook_python }}' },
    tasks: [
      {
        name: 'Hash one, by the name that its role knows',
        'ansible.builtin.command': { cmd: 'sha256sum', stdin: '{{ minio_root_password }}', stdin_add_newline: false },
        register: 'own',
        changed_when: false,
        no_log: true,
      },
      {
        name: 'Write hashes of all',
        'ansible.builtin.copy': { content: "{{ dict(all.keys() | zip(all.values() | map('hash', 'sha256'))) | combine({'own': own.stdout}) | to_json }}", dest: '{{ playbook_dir }}/hashes.json', mode: '0600' },
        vars: { all: "{{ homelab_secrets | dict2items | selectattr('value', 'string') | items2dict }}" },
        no_log: true,
      },
      { name: 'List processes', 'ansible.builtin.shell': 'ps -eo args > processes-of-ansible.txt', args: { chdir: '{{ playbook_dir }}' } },
    ],
  },
];

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

let project: Project;
let specs: readonly SecretSpec[];
const runs: Run[] = [];
const store = () => ({ root: project.root, folder: project.root, keyFile: project.keyFile });
/** A stack of nobody's house, so that nothing of this house has to judge it. */
const PAST_THE_JUDGE = ['env', '-u', 'TF_CLI_ARGS_apply'];
const exec = (...command: string[]) => {
  const run = project.secrets(['exec', '--real', '--', ...command], { env: { TMPDIR: project.path('tmp') } });
  runs.push(run);
  return run;
};

function give(name: string): void {
  const run = project.secrets(['set', name], { input: canary(name) });
  if (run.code !== 0) throw new Error(run.output);
  runs.push(run);
}

beforeAll(() => {
  ensureTools('age', 'sops');
  const python = spawnSync(process.execPath, [join(ROOT, 'tools', 'python.mjs')], { stdio: ['ignore', 'inherit', 'inherit'] });
  if (python.status !== 0) throw new Error('tools/python.mjs failed, see above');

  const synth = spawnSync('npm', ['run', '--silent', 'synth'], { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] });
  if (synth.status !== 0) throw new Error('npm run synth failed, see above');

  specs = readManifest(join(ROOT, 'cdktf.out', 'secrets', 'manifest.json'));
  project = Project.fresh(specs).own();
  copyEmitted(project);
  mkdirSync(project.path('tmp'));
  // One of each kind as a person gives it; the rest at once, which is quicker.
  for (const name of ['proxmox_api_token', 'minio_root_password', 'state_secret_access_key']) give(name);
  putValues(store(), specs, Object.fromEntries(specs.map(({ name }) => [name, canary(name)])));
  mkdirSync(project.path('stack'));
  writeFileSync(project.path('stack', 'cdk.tf.json'), JSON.stringify(STACK));
  writeFileSync(project.path('stack', 'play.yml'), JSON.stringify(PLAYBOOK));
}, BUILD_TIMEOUT_MS);
afterAll(() => project.remove());

test('the shipped example has every secret of this house, and no other', () => {
  expect(nameProblems(exampleStore(ROOT), specs)).toEqual([]);
});

test('every secret of this house holds a canary, and can be read back', () => {
  expect(openValues(store())).toEqual(Object.fromEntries(specs.map(({ name }) => [name, canary(name)])));
  expect(project.secrets(['show', 'minio_root_password']).stdout).toBe(`${canary('minio_root_password')}\n`);
});

test('Terraform plans, saves the plan and applies it with the variable it needs', () => {
  const terraform = [...PAST_THE_JUDGE, terraformPath(), `-chdir=${project.path('stack')}`];
  expect(exec(...terraform, 'init', '-no-color').code).toBe(0);
  const plan = exec(...terraform, 'plan', '-no-color', '-input=false', '-var-file={}', '-out=saved.plan');
  expect(plan.output).toContain('Plan: 2 to add');
  expect(plan.output).not.toContain('undeclared variable');
  const apply = exec(...terraform, 'apply', '-no-color', '-input=false', '-var-file={}', 'saved.plan');
  expect(apply.output).toContain('Apply complete');
  runs.push({ ...apply, output: exec(...terraform, 'show', '-json', 'saved.plan').output });
  expect(exec(...terraform, 'plan', '-detailed-exitcode', '-input=false', '-var-file={}').code).toBe(0);
});

test('a command that runs Terraform more than once, as cdktf does, gets the variable too', () => {
  const [terraform, folder] = [terraformPath(), project.path('stack')];
  const destroy = `${terraform} -chdir=${folder} plan -destroy -no-color -input=false -out=destroy.plan && ${terraform} -chdir=${folder} apply -no-color -input=false destroy.plan`;
  const run = exec(...PAST_THE_JUDGE, 'sh', '-c', destroy);
  expect(run.output).toContain('Apply complete! Resources: 0 added, 0 changed, 2 destroyed');
  expect(run.code).toBe(0);
});

test('Ansible reads every value that it asks for, through the inventory as it is emitted', () => {
  const inventory = ['-i', project.path('cdktf.out', 'ansible', 'inventories', 'prod.yml')];
  const run = exec(join(ROOT, '.tools', 'python', 'bin', 'ansible-playbook'), '-vvv', '--diff', ...inventory, project.path('stack', 'play.yml'));
  expect(run.output).toContain('failed=0');
  const hash = (name: string) => createHash('sha256').update(canary(name)).digest('hex');
  const asked = specs.filter(({ consumer }) => consumer !== 'terraform').map(({ name }) => [name, hash(name)]);
  expect(JSON.parse(project.read('stack', 'hashes.json'))).toEqual({ ...Object.fromEntries(asked), own: `${hash('minio_root_password')}  -` });
});

test('a failing command\'s exit code comes back', () => {
  expect(exec('sh', '-c', 'exit 7').code).toBe(7);
  expect(exec('sh', '-c', 'cat {} > /dev/null; exit 7').code).toBe(7);
});

test('none of the canaries was written, printed, or listed among the processes', () => {
  const written = filesBelow(project.root).filter((path) => statSync(path).size > 0);
  const texts = [...written.map((path) => [path, readFileSync(path, 'latin1')]), ...runs.map((run, index) => [`output ${index}`, run.output])];
  // The search would be worth nothing if these were not among what is searched.
  expect(written.map((path) => path.slice(project.root.length + 1))).toEqual(
    expect.arrayContaining(['stack/terraform.tfstate', 'stack/saved.plan', 'stack/processes.txt', 'stack/processes-of-ansible.txt', 'ansible.sops.json', 'tfvars.sops.json']),
  );
  expect(project.read('stack', 'processes.txt')).toContain('ps -eo args');
  expect(texts.length).toBeGreaterThan(15);
  const found = texts.filter(([, text]) => specs.some(({ name }) => text!.includes(trace(name)))).map(([where]) => where);
  expect(found).toEqual([]);
});
