import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { Refusal } from '../../common/refusal';
import { toolPath } from '../../tools/tool-path';
import type { Credentials, LocalServer, LocalServerProps, ObjectStore, ObjectStoreEngine } from '../object-store';
import { element, requireS3 } from '../s3-request';
import { makeBucket } from './bucket';
import { freePorts, launch } from './local-server';
import { keyPolicy } from './policy';

/** Megabytes of one file that holds objects; the state is small. */
const VOLUME_MB = 64;

/** Who may do everything; all others are made over its own interface and kept with the data. */
function identities({ accessKeyId, secretAccessKey }: Credentials): string {
  return JSON.stringify({ identities: [{ name: 'root', credentials: [{ accessKey: accessKeyId, secretKey: secretAccessKey }], actions: ['Admin'] }] });
}

async function serve(props: LocalServerProps): Promise<LocalServer> {
  const inFolder = (name: string) => join(props.certificateFolder, name);
  for (const folder of [props.dataFolder, props.certificateFolder]) mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const [name, content] of Object.entries({ 'private.key': props.keyPem, 'public.crt': props.certificatePem, 'ca.pem': props.authorityPem, 'identities.json': identities(props.admin) })) {
    writeFileSync(inFolder(name), content, { mode: 0o600 });
  }
  const [s3, ...inner] = await freePorts(8);
  const port = props.port ?? s3!;
  const [master, masterGrpc, volume, volumeGrpc, filer, filerGrpc, s3Grpc] = inner;
  const endpoint = `https://127.0.0.1:${port}`;
  const store = { endpoint, authorityPath: inFolder('ca.pem'), credentials: props.admin };
  const settings = {
    dir: props.dataFolder,
    ip: '127.0.0.1',
    'ip.bind': '127.0.0.1',
    'master.port': master,
    'master.port.grpc': masterGrpc,
    'master.telemetry': false,
    'master.volumeSizeLimitMB': VOLUME_MB,
    'volume.port': volume,
    'volume.port.grpc': volumeGrpc,
    'volume.preStopSeconds': 0,
    filer: true,
    'filer.port': filer,
    'filer.port.grpc': filerGrpc,
    'filer.localSocket': inFolder('filer.sock'),
    s3: true,
    's3.port': port,
    's3.port.grpc': s3Grpc,
    's3.port.iceberg': 0,
    's3.port.lance': 0,
    's3.localSocket': inFolder('s3.sock'),
    's3.config': inFolder('identities.json'),
    's3.iam.readOnly': false,
    's3.autoCreateBucket': false,
    's3.cert.file': inFolder('public.crt'),
    's3.key.file': inFolder('private.key'),
  };
  const args = ['-logtostderr=true', 'server', ...Object.entries(settings).map(([name, value]) => `-${name}=${value}`)];
  return launch({ program: toolPath('seaweedfs', 'weed'), args, environment: { HOME: props.certificateFolder }, endpoint, log: inFolder('server.log'), isReady: () => reads(store) });
}

/** Whether the server reads what it holds, which it does only some seconds after it answers: one object of each bucket. */
async function reads(store: ObjectStore): Promise<boolean> {
  const get = async (path: string) => requireS3(store, 'looking whether it reads', { method: 'GET', path });
  try {
    for (const [, bucket] of (await get('/')).matchAll(/<Bucket><Name>([^<]+)</g)) {
      const key = element(await get(`/${bucket}?list-type=2&max-keys=1`), 'Key');
      if (key) await get(`/${bucket}/${key}`);
    }
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}

/** One call of the interface for users; there all values are percent-encoded, `*` and `'` too. */
function iam(store: ObjectStore, what: string, action: string, values: Readonly<Record<string, string>>, tolerated: readonly string[] = []): Promise<string> {
  const body = new URLSearchParams({ Action: action, Version: '2010-05-08', ...values }).toString();
  return requireS3(store, what, { method: 'POST', path: '/', body, headers: { 'content-type': 'application/x-www-form-urlencoded' }, service: 'iam' }, tolerated);
}

async function configure(store: ObjectStore, bucket: string, key: Credentials, shortLived: readonly string[]): Promise<void> {
  await makeBucket(store, bucket, shortLived);
  const UserName = `only-${bucket}`;
  await iam(store, "making Terraform's user", 'CreateUser', { UserName }, ['EntityAlreadyExists']);
  await iam(store, "limiting Terraform's user", 'PutUserPolicy', { UserName, PolicyName: UserName, PolicyDocument: keyPolicy(bucket) });
  const known = await iam(store, "looking at Terraform's keys", 'ListAccessKeys', { UserName });
  // A key is not shown again, so nobody can tell whether its secret is still this one: it is made anew.
  for (const [, AccessKeyId] of known.matchAll(/<AccessKeyId>([^<]+)</g)) await iam(store, 'removing an old key', 'DeleteAccessKey', { UserName, AccessKeyId: AccessKeyId! });
  await iam(store, "making Terraform's key", 'CreateAccessKey', { UserName, AccessKeyId: key.accessKeyId, SecretAccessKey: key.secretAccessKey });
}

/** SeaweedFS, one process with one disk. Only its S3 interface is meant for others; what it talks to itself by stays on loopback. */
export const seaweedfs: ObjectStoreEngine = { role: 'seaweedfs', server: /^SeaweedFS/, serve, configure };
