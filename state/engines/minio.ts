import { mkdirSync, writeFileSync } from 'node:fs';
import { get } from 'node:https';
import { dirname, join } from 'node:path';

import { toolPath } from '../../tools/tool-path';
import type { Credentials, LocalServer, LocalServerProps, ObjectStore, ObjectStoreEngine } from '../object-store';
import { makeBucket } from './bucket';
import { freePorts, launch } from './local-server';
import { mcAdmin } from './mc';
import { keyPolicy } from './policy';

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

async function serve(props: LocalServerProps): Promise<LocalServer> {
  for (const folder of [props.dataFolder, props.certificateFolder]) mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(join(props.certificateFolder, 'private.key'), props.keyPem, { mode: 0o600 });
  writeFileSync(join(props.certificateFolder, 'public.crt'), props.certificatePem);
  const address = `127.0.0.1:${props.port ?? (await freePorts(1))[0]}`;
  const endpoint = `https://${address}`;
  return launch({
    program: toolPath('minio'),
    args: ['server', '--address', address, '--certs-dir', props.certificateFolder, props.dataFolder],
    environment: {
      HOME: props.certificateFolder,
      TZ: 'UTC',
      MINIO_ROOT_USER: props.admin.accessKeyId,
      MINIO_ROOT_PASSWORD: props.admin.secretAccessKey,
      MINIO_BROWSER: 'off',
      MINIO_UPDATE: 'off',
      // Without it, a disk that is also the root disk is refused.
      MINIO_CI_CD: '1',
    },
    endpoint,
    log: join(props.certificateFolder, 'server.log'),
    isReady: () => isAlive(endpoint, props.authorityPem),
  });
}

async function configure(store: ObjectStore, bucket: string, key: Credentials, shortLived: readonly string[]): Promise<void> {
  const name = `only-${bucket}`;
  await makeBucket(store, bucket, shortLived);
  const policyPath = join(dirname(store.authorityPath), `${name}.json`);
  writeFileSync(policyPath, keyPolicy(bucket));
  mcAdmin(store, 'writing the policy', ['policy', 'create', name, policyPath]);
  // Both halves come from standard input: no list of processes shows them.
  mcAdmin(store, "making Terraform's key", ['user', 'add'], `${key.accessKeyId}\n${key.secretAccessKey}\n`);
  const info = mcAdmin(store, "looking at Terraform's key", ['user', 'info', key.accessKeyId]);
  if (!info.includes(`"${name}"`)) mcAdmin(store, "limiting Terraform's key", ['policy', 'attach', name, '--user', key.accessKeyId]);
}

/** MinIO, built from its last open source behind the gate of tools/go/minio: upstream publishes neither binaries nor fixes any more. */
export const minio: ObjectStoreEngine = { role: 'minio', server: /^MinIO/, serve, configure };
