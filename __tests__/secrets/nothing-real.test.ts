import { mkdirSync, writeFileSync } from 'node:fs';
import { requireForm } from '../../secrets/forms';
import type { SecretSpec } from '../../secrets/manifest';
import { BUILD_TIMEOUT_MS, ensureTools } from '../tools/ensure-tools';
import { Project } from './project';

jest.setTimeout(90_000);
beforeAll(() => ensureTools('age', 'sops'), BUILD_TIMEOUT_MS);
let project: Project;
afterEach(() => project.remove());

const TOKEN = 'terraform@pve!iac=11111111-2222-3333-4444-555555555555';

test.each([['set', 'database_password'], ['set', 'proxmox_api_token'], ['edit', 'ansible.sops.json'], ['rotate', 'database_password'], ['remove', 'database_password'], ['rotate-key', '--yes']])(
  '%s is refused before make secrets: nothing real is encrypted to the key that everybody has',
  (...args) => {
    project = Project.fresh();
    project.secrets(['example']);
    const before = ['tfvars', 'ansible'].map((name) => project.read('secrets', 'example', `${name}.sops.json`));
    const run = project.secrets(args, { input: TOKEN, env: { EDITOR: 'true' } });
    expect(run.code).toBe(1);
    expect(run.stderr).toContain('can be opened with the example key, which everybody has; nothing was run\n  Make your own with: make secrets');
    expect(['tfvars', 'ansible'].map((name) => project.read('secrets', 'example', `${name}.sops.json`))).toEqual(before);
  },
);

test('the example SSH key is refused wherever a real machine would get it', () => {
  project = Project.owned();
  mkdirSync(project.path('cdktf.out', 'ansible', 'inventories', 'host_vars'), { recursive: true });
  const emit = (key: string) => writeFileSync(project.path('cdktf.out', 'ansible', 'inventories', 'host_vars', 'pve.yml'), `guest_base_ssh_keys:\n  - ${key}\n`);
  const example = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKaIkoN1OYLWqykhXPc+/p4DIOlw0v4nGQ9KkPmuBnF/ another-comment';
  emit(example);
  for (const args of [['check', '--real'], ['make-token'], ['play', 'metal'], ['exec', '--real', '--', 'true']]) {
    const run = project.secrets(args);
    expect(run.code).toBe(1);
    expect(run.output).toContain('the SSH key in homelab/keys.ts is the shipped example');
  }
  emit('ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA owner');
  expect(project.secrets(['check', '--real']).code).toBe(0);
});

test('a value of a known form is refused in another one, and not repeated', () => {
  project = Project.owned();
  for (const value of ['nonsense', 'terraform@pve!iac', 'iac=11111111-2222-3333-4444-555555555555', `${TOKEN}\nmore`]) {
    const run = project.secrets(['set', 'proxmox_api_token'], { input: value });
    expect(run.code).toBe(1);
    expect(run.stderr).toMatch(/'proxmox_api_token' (has the form user@realm!tokenid=uuid|is one line)/);
    expect(run.output).not.toContain(value);
  }
  expect(project.secrets(['show', 'proxmox_api_token']).stdout).toBe(`${TOKEN}\n`);
});

test('a password that a file of settings would read as something else is refused', () => {
  for (const value of [`it's`, 'say "x"', 'ends in \\', 'two words', 'a;b', 'a#b', '$HOME', '100%n', '`id`', '{{x}}', 'pässword']) expect(() => requireForm({ name: 'x', howToMake: { kind: 'random', length: 9 } } as SecretSpec, value)).toThrow(/'x' is one word of letters, digits and marks/);
  project = Project.owned();
  const run = project.secrets(['set', 'database_password'], { input: `Sommer'2026` });
  expect(run.code).toBe(1);
  expect(run.stderr).toContain("'database_password' is one word of letters, digits and marks other than");
  expect(run.output).not.toContain('Sommer');
});

test('what is missing is named with the one command that brings it, the same by check, create and show', () => {
  project = Project.fresh();
  const says = 'make it with: ./house secrets make-token';
  expect(project.secrets(['create']).output).toContain(says);
  expect(project.secrets(['check']).output).toContain(says);
  expect(project.secrets(['show', 'proxmox_api_token']).stderr).toContain(says);
});

test('a data key is never renewed, named or in bulk; the page that tells how is', () => {
  project = Project.owned();
  const old = project.secrets(['show', 'encryption_key']).stdout;
  for (const [args, input] of [[['rotate', 'encryption_key']], [['set', 'encryption_key'], 'another']] as const) {
    const run = project.secrets(args, { input });
    expect(run.code).toBe(1);
    expect(run.stderr).toContain("'encryption_key' encrypts what n8n stores; how it is renewed: docs/data-keys.md#n8n");
  }
  expect(project.secrets(['show', 'encryption_key']).stdout).toBe(old);
  const dated = project.read('ansible.sops.json').replace(/("(?:encryption_key|database_password)": )"20\d\d-/g, '$1"2001-');
  writeFileSync(project.path('ansible.sops.json'), dated);
  expect(project.secrets(['check', '--no-key']).output).toContain("'database_password' is older than 90 days");
  expect(project.secrets(['check', '--no-key']).output).not.toContain("'encryption_key' is older");
});
