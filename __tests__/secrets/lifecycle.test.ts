import { X509Certificate } from 'node:crypto';
import { existsSync, lstatSync, statSync, writeFileSync } from 'node:fs';

import { readSealedSecrets, sealedDigest } from '../../constructs/service/sealed-secrets';
import { splitPem } from '../../secrets/certificates';
import { EXAMPLE_RECIPIENT } from '../../secrets/store';
import { BUILD_TIMEOUT_MS, ensureTools } from '../tools/ensure-tools';
import { Project, SPECS } from './project';

jest.setTimeout(60_000);
beforeAll(() => ensureTools('age', 'sops'), BUILD_TIMEOUT_MS);

let owned: Project;
beforeAll(() => (owned = Project.owned()));
afterAll(() => owned.remove());

let project: Project;
afterEach(() => project.remove());

describe('from the shipped example to secrets of one\'s own', () => {
  beforeEach(() => (project = Project.fresh()));

  test('the example is good for rehearsals and refused for a real host', () => {
    project.secrets(['example']);
    const check = project.secrets(['check']);
    expect(check.output).toContain(`${SPECS.length} secrets, none missing, unused or expired`);
    expect(check.code).toBe(0);
    expect(project.secrets(['check', '--real']).code).toBe(1);

    const exec = project.secrets(['exec', '--real', '--', 'touch', 'was-run']);
    expect(exec.code).toBe(1);
    expect(exec.stderr).toContain('can be opened with the example key, which everybody has; nothing was run');
    expect(() => statSync(project.path('was-run'))).toThrow('ENOENT');
  });

  test('create, which is make secrets, does what init does, and says so when asked before', () => {
    expect(project.secrets(['create', '--dry-run']).stdout).toBe(`secrets: would make the key ${project.keyFile}, and make ${SPECS.length} secrets for it\n`);
    expect(existsSync(project.keyFile)).toBe(false);
    expect(project.secrets(['create']).output).toContain(`1 of ${SPECS.length} secrets are still missing`);
    expect(project.secrets(['check']).output).toContain("'proxmox_api_token' is missing, needed by terraform");
    expect(project.read('tfvars.sops.json')).not.toContain(EXAMPLE_RECIPIENT);
    expect(project.read('.sops.yaml').match(new RegExp(EXAMPLE_RECIPIENT, 'g'))).toHaveLength(1);
  });

  test('init makes a key that only its owner can read, and every secret that can be generated', () => {
    const init = project.secrets(['init']);
    expect(init.output).toContain('keep a copy of it off this machine');
    expect(statSync(project.keyFile).mode & 0o777).toBe(0o600);
    expect(lstatSync(project.path('tfvars.sops.json')).isSymbolicLink()).toBe(false);
    // One is issued by another party: it is named, with where to find it and what to type.
    expect(init.code).toBe(0);
    expect(init.output).toContain('still missing: proxmox_api_token; make it with: ./house secrets make-token');

    project.secrets(['set', 'proxmox_api_token'], { input: 'terraform@pve!iac=11111111-2222-3333-4444-555555555555\n' });
    const check = project.secrets(['check', '--real']);
    expect(check.output).toContain('files opened and whole');
    expect(check.code).toBe(0);
  });

  test('init started again after it was interrupted starts over and finishes', () => {
    project.secrets(['init']);
    // As it is when only one of the two files was replaced.
    writeFileSync(project.path('ansible.sops.json'), project.read('secrets', 'example', 'ansible.sops.json'));
    project.own();
    expect(project.secrets(['check', '--real']).code).toBe(0);
  });

  test('init is refused once the secrets are the owner\'s', () => {
    const before = project.own().read('ansible.sops.json');
    const again = project.secrets(['init']);
    expect(again.code).toBe(1);
    expect(again.stderr).toContain('these secrets are your own already');
    expect(project.read('ansible.sops.json')).toBe(before);
  });
});

describe('values', () => {
  beforeEach(() => (project = owned.copy()));

  test('are made as the definition says', () => {
    const show = (name: string) => project.secrets(['show', name]).stdout.trimEnd();
    expect(show('database_password')).toMatch(/^[A-Za-z0-9]{32}$/);
    expect(show('session_key')).toMatch(/^[0-9a-f]{32}$/);
    expect(show('proxmox_api_token')).toBe('terraform@pve!iac=11111111-2222-3333-4444-555555555555');
    const authority = new X509Certificate(splitPem(show('house_authority')).certificatePem);
    const server = new X509Certificate(splitPem(show('minio_certificate')).certificatePem);
    expect(authority.ca).toBe(true);
    expect(server.verify(authority.publicKey)).toBe(true);
    expect(server.checkIP('127.0.0.1')).toBe('127.0.0.1');
    expect(server.checkHost('minio.test')).toBe('minio.test');
  });

  test('stay when create runs again, which only adds what is new', () => {
    const before = project.secrets(['show', 'database_password']).stdout;
    const sealed = (): string => sealedDigest(readSealedSecrets(project.path('ansible.sops.json')), ['database_password', 'house_authority']);
    const sealedBefore = sealed();
    project.writeManifest([...SPECS, { ...SPECS[1]!, name: 'new_password' }]);
    expect(project.secrets(['create', '--dry-run']).stdout).toBe('secrets: would make new_password (random)\n');
    const create = project.secrets(['create']);
    expect(create.stdout).toContain('made new_password');
    expect(project.secrets(['show', 'database_password']).stdout).toBe(before);
    // No guest is configured again for a secret that is not its own.
    expect(sealed()).toBe(sealedBefore);
    expect(project.secrets(['check']).code).toBe(0);
  });

  test('can be edited as a file, in memory', () => {
    const editor = project.path('editor');
    writeFileSync(editor, '#!/bin/sh\ndirname "$1" > "$HOME/where"\nsed -i \'s/"session_key": "[^"]*"/"session_key": "typed"/\' "$1"\n', { mode: 0o755 });
    expect(project.secrets(['edit', 'ansible.sops.json'], { env: { EDITOR: editor } }).stdout).toBe('secrets: changed session_key\n');
    expect(project.secrets(['show', 'session_key']).stdout).toBe('typed\n');
    expect(project.read('home', 'where')).toMatch(/^\/dev\/shm\/homelab-/);
    expect(project.secrets(['check']).code).toBe(0);
  });

  test('that are missing, unused, or too old are all named in one run', () => {
    const [, password, ...rest] = SPECS;
    const aged = rest.map((spec) => (spec.name === 'session_key' ? { ...spec, name: 'renamed_key' } : spec));
    project.writeManifest([{ ...password!, name: 'database_password', rotateDays: 1 }, ...aged]);
    project.secrets(['exec', '--', 'true']);
    const dated = project.read('ansible.sops.json').replace(/("database_password": )"\d{4}-/, '$1"2020-');
    writeFileSync(project.path('ansible.sops.json'), dated);
    const check = project.secrets(['check', '--no-key']);
    expect(check.code).toBe(1);
    expect(check.output).toContain("'renamed_key' is missing, needed by grafana");
    expect(check.output).toContain("'session_key' is used by nothing");
    expect(check.output).toContain("'proxmox_api_token' is used by nothing");
    expect(check.output).toContain("'database_password' is older than 1 days");
  });

  test('that nothing uses any more can be dropped, and no others', () => {
    project.writeManifest(SPECS.filter((spec) => spec.name !== 'session_key'));
    expect(project.secrets(['remove', 'database_password']).stderr).toContain('needed by postgresql, n8n');
    expect(project.secrets(['remove', 'session_key']).code).toBe(0);
    expect(project.secrets(['check']).code).toBe(0);
  });

  test('are made anew by rotate, an authority together with its certificates', () => {
    const show = () => ['house_authority', 'minio_certificate', 'database_password'].map((name) => project.secrets(['show', name]).stdout);
    const before = show();
    const rotate = project.secrets(['rotate', 'house_authority']);
    expect(rotate.output).toMatch(/new value for minio_certificate \(the last was of 20\d\d-.*\); the old one is shown until: \.\/house secrets play guests\/minio/);
    const [authority, certificate, password] = show();
    expect(authority).not.toBe(before[0]);
    expect(password).toBe(before[2]);
    const issued = new X509Certificate(splitPem(certificate!).certificatePem);
    expect(issued.verify(new X509Certificate(splitPem(authority!).certificatePem).publicKey)).toBe(true);
  });
});

describe('recipients', () => {
  let laptop: { readonly file: string; readonly recipient: string };
  beforeEach(() => {
    project = owned.copy();
    laptop = project.newKey('laptop.txt');
  });

  const opens = (file: string) => project.secrets(['show', 'database_password'], { env: { SOPS_AGE_KEY_FILE: file, HOME: project.root } }).code === 0;

  test('can be added and removed again', () => {
    expect(opens(laptop.file)).toBe(false);
    expect(project.secrets(['add-recipient', laptop.recipient, '--yes']).code).toBe(0);
    expect(opens(laptop.file)).toBe(true);
    expect(project.secrets(['check']).code).toBe(0);

    const removed = project.secrets(['remove-recipient', laptop.recipient, '--yes']);
    expect(removed.output).toContain('it still knows the values of before');
    expect(opens(laptop.file)).toBe(false);
    expect(project.secrets(['check']).code).toBe(0);
  });

  test('keep the comments of .sops.yaml', () => {
    project.secrets(['add-recipient', laptop.recipient, '--yes']);
    expect(project.read('.sops.yaml')).toContain('# Made-up secrets for rehearsals');
    expect(project.read('.sops.yaml')).toContain(laptop.recipient);
  });

  test('are never all removed', () => {
    const [own] = project.read('tfvars.sops.json').match(/age1\w{58}/)!;
    expect(project.secrets(['remove-recipient', own, '--yes']).stderr).toContain('that is the last recipient');
    // Nor the one that is at work: it could not open the result.
    project.secrets(['add-recipient', laptop.recipient, '--yes']);
    const before = project.read('ansible.sops.json');
    expect(project.secrets(['remove-recipient', own, '--yes']).stderr).toContain('cannot be opened with the key');
    expect(project.read('ansible.sops.json')).toBe(before);
    // The one that stays can do it: this is how an owner changes keys.
    expect(project.secrets(['remove-recipient', own, '--yes'], { env: { SOPS_AGE_KEY_FILE: laptop.file, HOME: project.root } }).code).toBe(0);
    expect(opens(project.keyFile)).toBe(false);
  });

  test('a private key is not taken for a recipient, nor printed', () => {
    const run = project.secrets(['add-recipient', 'AGE-SECRET-KEY-1QQQQ']);
    expect(run.stderr).toContain('that is a private key');
    expect(run.output).not.toContain('QQQQ');
  });

  test('rotate-key changes every encrypted byte and no value', () => {
    const [text, value] = [project.read('ansible.sops.json'), project.secrets(['show', 'session_key']).stdout];
    expect(project.secrets(['rotate-key', '--yes']).code).toBe(0);
    const ciphertext = (name: string, from: string) => new RegExp(`"${name}": "(ENC.*)"`).exec(from)![1];
    expect(ciphertext('session_key', project.read('ansible.sops.json'))).not.toBe(ciphertext('session_key', text));
    expect(project.secrets(['show', 'session_key']).stdout).toBe(value);
  });
});

test('wrong usage exits with 2 and points to the help', () => {
  project = Project.fresh();
  expect(project.secrets(['creat'])).toMatchObject({ code: 2, stderr: "secrets: unknown command 'creat' (did you mean 'create'?); see: ./house secrets --help\n" });
  expect(project.secrets(['check', '--rael']).code).toBe(2);
  expect(project.secrets(['--help']).stdout).toContain('Usage: ./house secrets COMMAND');
});
