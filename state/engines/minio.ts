import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, openSync, writeFileSync } from 'node:fs';
import { get } from 'node:https';
import { createServer, type AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { Refusal } from '../../common/refusal';
import { toolPath } from '../../tools/tool-path';
import type { Credentials, LocalServer, LocalServerProps, ObjectStore, ObjectStoreEngine } from '../object-store';
import { requireMc, target } from '../s3';

const READY_SEC = 60;
/** Days after which a version that is no longer the newest goes; every locked command leaves one. */
const SHORT_LIVED_DAYS = 1;

/** A port of 127.0.0.1 that nothing listens on now. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Whether the server says that it is alive; its certificate is checked. */
function isAlive(endpoint: string, authorityPem: string): Promise<boolean> {
  return new Promise((resolve) => {
    const request = get(`${endpoint}/minio/health/live`, { ca: authorityPem, timeout: 1000 }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    request.on('error', () => resolve(false));
    request.on('timeout', () => request.destroy());
  });
}

async function waitUntilAlive(process: ChildProcess, endpoint: string, authorityPem: string, log: string): Promise<void> {
  for (let waited = 0; waited < READY_SEC * 10; waited++) {
    if (await isAlive(endpoint, authorityPem)) return;
    if (process.exitCode !== null) break;
    await sleep(100);
  }
  process.kill('SIGKILL');
  throw new Refusal(`the rehearsal's object store did not answer at ${endpoint} within ${READY_SEC} s; see ${log}`);
}

async function serve(props: LocalServerProps): Promise<LocalServer> {
  for (const folder of [props.dataFolder, props.certificateFolder]) mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(join(props.certificateFolder, 'private.key'), props.keyPem, { mode: 0o600 });
  writeFileSync(join(props.certificateFolder, 'public.crt'), props.certificatePem);
  const address = `127.0.0.1:${props.port ?? (await freePort())}`;
  const log = join(props.certificateFolder, 'server.log');
  // A server must not outlive a killed rehearsal: the next one would write to the same folder beside it.
  const dieWithParent = ['--pdeathsig', 'KILL', toolPath('minio')];
  const child = spawn('setpriv', [...dieWithParent, 'server', '--address', address, '--certs-dir', props.certificateFolder, props.dataFolder], {
    stdio: ['ignore', openSync(log, 'a'), openSync(log, 'a')],
    env: {
      PATH: process.env.PATH,
      HOME: props.certificateFolder,
      MINIO_ROOT_USER: props.admin.accessKeyId,
      MINIO_ROOT_PASSWORD: props.admin.secretAccessKey,
      MINIO_BROWSER: 'off',
      MINIO_UPDATE: 'off',
      // Without it, a disk that is also the root disk is refused.
      MINIO_CI_CD: '1',
    },
  });
  const endpoint = `https://${address}`;
  await waitUntilAlive(child, endpoint, props.authorityPem, log);
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    await once(child, 'exit');
  };
  return { endpoint, process: child, stop };
}

/** May read and write objects of one bucket and release locks; a version of a state is not its to remove. */
function policy(bucket: string): string {
  const resource = `arn:aws:s3:::${bucket}`;
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Action: ['s3:ListBucket', 's3:ListBucketVersions', 's3:GetBucketLocation', 's3:GetBucketVersioning'], Resource: [resource] },
      { Effect: 'Allow', Action: ['s3:GetObject', 's3:GetObjectVersion', 's3:PutObject'], Resource: [`${resource}/*`] },
      { Effect: 'Allow', Action: ['s3:DeleteObject'], Resource: [`${resource}/*.tflock`] },
    ],
  });
}

/** Old versions below the prefixes expire; all others are kept. */
function lifecycle(prefixes: readonly string[]): string {
  const rules = prefixes.map((prefix) => ({
    ID: prefix,
    Status: 'Enabled',
    Filter: { Prefix: prefix },
    Expiration: { ExpiredObjectDeleteMarker: true },
    NoncurrentVersionExpiration: { NoncurrentDays: SHORT_LIVED_DAYS },
  }));
  return JSON.stringify({ Rules: rules });
}

function configure(store: ObjectStore, bucket: string, key: Credentials, shortLived: readonly string[]): void {
  const name = `only-${bucket}`;
  requireMc(store, `making the bucket '${bucket}'`, ['mb', '--ignore-existing', target(bucket)]);
  requireMc(store, 'turning versioning on', ['version', 'enable', target(bucket)]);
  requireMc(store, 'setting the lifecycle', ['ilm', 'rule', 'import', target(bucket)], lifecycle(shortLived));
  const policyPath = join(dirname(store.authorityPath), `${name}.json`);
  writeFileSync(policyPath, policy(bucket));
  requireMc(store, 'writing the policy', ['admin', 'policy', 'create', target(), name, policyPath]);
  // Both halves come from standard input: no list of processes shows them.
  requireMc(store, "making Terraform's key", ['admin', 'user', 'add', target()], `${key.accessKeyId}\n${key.secretAccessKey}\n`);
  attach(store, name, key);
}

function attach(store: ObjectStore, name: string, key: Credentials): void {
  const info = requireMc(store, "looking at Terraform's key", ['admin', 'user', 'info', target(), key.accessKeyId]);
  if (info.includes(`"${name}"`)) return;
  requireMc(store, "limiting Terraform's key", ['admin', 'policy', 'attach', target(), name, '--user', key.accessKeyId]);
}

/**
 * MinIO, built from source: upstream publishes neither binaries nor fixes any more, which is why the engine is
 * replaceable.
 */
export const minio: ObjectStoreEngine = { guest: 'minio', adminUser: 'admin', adminSecret: 'minio_root_password', serve, configure };
