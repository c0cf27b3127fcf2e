import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import type { SecretSpec } from '../../secrets/manifest';
import type { ObjectStoreEngine } from '../../state/object-store';
import type { StoreFacts } from '../../state/site';
import { Project, type Run } from '../secrets/project';
import { ROOT } from '../tools/ensure-tools';
import { ENGINE } from './engine';

const TSX = pathToFileURL(require.resolve('tsx')).href;

const made = (name: string, howToMake: SecretSpec['howToMake'], consumer: SecretSpec['consumer'] = 'ansible'): SecretSpec => ({
  name,
  usedBy: ['minio'],
  consumer,
  howToMake,
  kind: 'login',
  rotateDays: 365,
});

/** What the state needs of the secrets, and one variable of Terraform's. */
export const STATE_SPECS: readonly SecretSpec[] = [
  made('proxmox_api_token', { kind: 'random', length: 40 }, 'terraform'),
  made('minio_root_user', { kind: 'random', length: 20 }),
  made('minio_root_password', { kind: 'random', length: 32 }),
  made('house_authority', { kind: 'authority', commonName: 'test house' }),
  made('state_access_key_id', { kind: 'random', length: 20 }, 'environment'),
  made('state_secret_access_key', { kind: 'random', length: 40 }, 'environment'),
];

export const BUCKET = 'terraform-state';

/** A backend block as the definition emits it. */
export function backend(stack: string, endpoint: string): Record<string, unknown> {
  return {
    s3: {
      bucket: BUCKET,
      key: `${stack}.tfstate`,
      region: 'us-east-1',
      endpoints: { s3: endpoint },
      custom_ca_bundle: '../../../.state/ca.pem',
      use_path_style: true,
      use_lockfile: true,
      max_retries: 1,
      skip_credentials_validation: true,
      skip_metadata_api_check: true,
      skip_region_validation: true,
      skip_requesting_account_id: true,
      skip_s3_checksum: true,
    },
  };
}

/** A stack of Terraform's own resources, so that no provider has to be installed. */
export function stack(name: string, endpoint: string, resources: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return {
    terraform: { backend: backend(name, endpoint) },
    variable: { proxmox_api_token: { type: 'string', sensitive: true, ephemeral: true } },
    resource: { terraform_data: resources },
    output: { names: { value: Object.keys(resources) } },
  };
}

/** Guests of a small house; the last one takes a moment, so that an apply can be interrupted. */
export const GUESTS = {
  dns: { input: { vm_id: 101 } },
  minio: { input: { vm_id: 105 }, depends_on: ['terraform_data.dns'] },
  slow: { input: 'template', depends_on: ['terraform_data.minio'], provisioner: [{ 'local-exec': { command: 'sleep 0.4' } }] },
};

/** Writes a synthesized stack into a project. */
export function writeStack(project: Project, name: string, content: Record<string, unknown>): void {
  mkdirSync(project.path('cdktf.out', 'stacks', name), { recursive: true });
  writeFileSync(project.path('cdktf.out', 'stacks', name, 'cdk.tf.json'), JSON.stringify(content, null, 2));
}

/** Command line of `./house state ARGS`, without npm. */
function words(args: readonly string[]): string[] {
  return ['--import', TSX, join(ROOT, 'state', 'main.ts'), ...args];
}

/** Writes which guest keeps the state, and where it was, as a synth would. */
export function writeStoreFacts(project: Project, engine: ObjectStoreEngine = ENGINE, formerly?: StoreFacts['formerly']): void {
  mkdirSync(project.path('cdktf.out', 'ansible'), { recursive: true });
  writeFileSync(project.path('cdktf.out', 'ansible', 'store.json'), JSON.stringify({ guest: 'minio', role: engine.role, copies: { pool: '/tank', folder: '/tank/backups/state' }, formerly }));
}

/** Runs `./house state ARGS` in a project to its end. */
export function state(project: Project, args: readonly string[], env: NodeJS.ProcessEnv = {}): Run {
  const run = spawnSync(process.execPath, words(args), { cwd: project.root, encoding: 'utf8', env: project.environment(env) });
  return { code: run.status, stdout: run.stdout, stderr: run.stderr, output: run.stdout + run.stderr };
}

/** Starts the same in a process group of its own. */
export function startState(project: Project, args: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcess {
  return spawn(process.execPath, words(args), { cwd: project.root, env: project.environment(env), detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
}
