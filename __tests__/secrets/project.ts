import { spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { editRecipients } from '../../secrets/commands/recipients';
import type { SecretSpec } from '../../secrets/manifest';
import { EXAMPLE_RECIPIENT } from '../../secrets/store';
import { toolPath } from '../../tools/tool-path';
import { ROOT } from '../tools/ensure-tools';

/** What one run of the command line left behind. */
export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Both, for looking through. */
  readonly output: string;
}

/** One secret of every consumer and every way of making. */
export const SPECS: readonly SecretSpec[] = [
  { name: 'proxmox_api_token', kind: 'token', usedBy: ['terraform'], consumer: 'terraform', howToMake: { kind: 'ask', hint: 'pveum user token add', form: 'proxmox-api-token' }, rotateDays: 365 },
  { name: 'database_password', kind: 'login', usedBy: ['postgresql', 'n8n'], consumer: 'ansible', howToMake: { kind: 'random', length: 32 }, rotateDays: 90 },
  { name: 'session_key', kind: 'session', usedBy: ['grafana'], consumer: 'ansible', howToMake: { kind: 'hex', bytes: 16 }, rotateDays: 365 },
  { name: 'house_authority', kind: 'certificate', usedBy: ['minio'], consumer: 'ansible', howToMake: { kind: 'authority', commonName: 'test house' }, rotateDays: 3000 },
  { name: 'minio_certificate', kind: 'certificate', usedBy: ['minio'], consumer: 'ansible', howToMake: { kind: 'certificate', issuer: 'house_authority', hosts: ['minio.test', '127.0.0.1'] }, rotateDays: 365 },
  { name: 'state_secret_access_key', kind: 'login', usedBy: ['state'], consumer: 'environment', howToMake: { kind: 'random', length: 40 }, rotateDays: 365 },
  { name: 'encryption_key', kind: 'data', usedBy: ['n8n'], consumer: 'ansible', howToMake: { kind: 'random', length: 32 }, renewal: 'docs/data-keys.md#n8n' },
];

const TSX = pathToFileURL(require.resolve('tsx')).href;

function newFolder(): string {
  return mkdtempSync(join(tmpdir(), 'homelab-secrets-'));
}

/** A copy of what `secrets` reads of a project, as a fresh clone has it, in a folder of its own with an empty HOME. */
export class Project {
  readonly home: string;
  readonly keyFile: string;

  private constructor(readonly root: string) {
    this.home = join(root, 'home');
    this.keyFile = join(this.home, '.config', 'sops', 'age', 'keys.txt');
  }

  /** As shipped, with the example secrets. */
  static fresh(specs: readonly SecretSpec[] = SPECS): Project {
    const project = new Project(newFolder());
    project.ship(specs);
    return project;
  }

  /** With secrets of its own, all of them there. */
  static owned(): Project {
    return Project.fresh().own();
  }

  /** The same in another folder. */
  copy(): Project {
    const root = newFolder();
    // A server at work keeps a socket there, which cannot be copied.
    cpSync(this.root, root, { recursive: true, verbatimSymlinks: true, filter: (path) => !path.endsWith('.sock') });
    return new Project(root);
  }

  private ship(specs: readonly SecretSpec[]): void {
    const folder = join(this.root, 'secrets', 'example');
    mkdirSync(folder, { recursive: true });
    mkdirSync(this.home);
    copyFileSync(join(ROOT, '.sops.yaml'), this.path('.sops.yaml'));
    // Whoever has made this house theirs has other recipients there.
    editRecipients({ root: this.root, folder: this.root, keyFile: undefined }, (list) => {
      list.items = [];
      list.add(EXAMPLE_RECIPIENT);
    });
    for (const file of ['age-key.txt', 'tfvars.sops.json', 'ansible.sops.json']) {
      copyFileSync(join(ROOT, 'secrets', 'example', file), join(folder, file));
    }
    for (const file of ['tfvars.sops.json', 'ansible.sops.json']) symlinkSync(join('secrets', 'example', file), this.path(file));
    this.writeManifest(specs);
  }

  writeManifest(specs: readonly SecretSpec[]): void {
    mkdirSync(this.path('cdktf.out', 'secrets'), { recursive: true });
    writeFileSync(this.path('cdktf.out', 'secrets', 'manifest.json'), JSON.stringify({ secrets: specs }));
  }

  path(...parts: string[]): string {
    return join(this.root, ...parts);
  }

  /** Environment of the owner of this project: nothing of the machine's owner. */
  environment(extra: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
    return { PATH: process.env.PATH, HOME: this.home, ...extra };
  }

  /** Runs `./house secrets ARGS`, without npm. */
  secrets(args: readonly string[], options: { readonly input?: string; readonly env?: NodeJS.ProcessEnv } = {}): Run {
    const words = ['--import', TSX, join(ROOT, 'secrets', 'main.ts'), ...args];
    const run = spawnSync(process.execPath, words, {
      cwd: this.root,
      encoding: 'utf8',
      input: options.input ?? '',
      env: this.environment(options.env),
    });
    return { code: run.status, stdout: run.stdout, stderr: run.stderr, output: run.stdout + run.stderr };
  }

  /** From the example to secrets of its own, all of them there. */
  own(): this {
    this.secrets(['init']);
    const run = this.secrets(['set', 'proxmox_api_token'], { input: 'terraform@pve!iac=11111111-2222-3333-4444-555555555555\n' });
    if (run.code !== 0) throw new Error(run.output);
    return this;
  }

  /** A new age key in the project's home. @returns its file and public half */
  newKey(name: string): { readonly file: string; readonly recipient: string } {
    const file = join(this.home, name);
    const made = spawnSync(toolPath('age', 'age-keygen'), ['-o', file], { encoding: 'utf8' });
    return { file, recipient: /age1\w+/.exec(made.stderr)![0] };
  }

  /** The text of a file of the project. */
  read(...parts: string[]): string {
    return readFileSync(this.path(...parts), 'utf8');
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
