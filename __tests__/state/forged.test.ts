import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { makeAuthority, makeCertificate, splitPem } from '../../secrets/certificates';
import type { LocalServer, ObjectStore } from '../../state/object-store';
import { listVersions, readObject } from '../../state/s3';
import { requireS3 } from '../../state/s3-request';
import { BUILD_TIMEOUT_MS } from '../tools/ensure-tools';
import { ENGINE, ensureEngine } from './engine';
import { BUCKET, forge, FORGED, FORGERIES, STATE, trailer, TRUE_STATE } from './forgeries';

jest.setTimeout(BUILD_TIMEOUT_MS);

const ADMIN = { accessKeyId: 'RootNameNobodyKnows1', secretAccessKey: 'a-password-of-the-root-user' };
const KEY = { accessKeyId: 'KeyOfTerraformAlone1', secretAccessKey: 'a-secret-of-the-limited-key' };
/**
 * What an engine calls malformed before it looks for a key: 400, where all else is 403. SeaweedFS says so of every address that names a key
 * and is not presigned, so of the request of case C1 too.
 */
const MALFORMED: Readonly<Record<string, readonly string[]>> = {
  minio: ['a presigned address with an empty signature', 'a signature of the old kind, wrong'],
  seaweedfs: [
    'an unsigned trailer, the key named in the query', 'both of these', 'an unsigned trailer, the key in the query, an empty authorization',
    'an unsigned trailer, the key in the query, another scheme', 'an unsigned trailer for a part of an upload', 'an unsigned trailer announced in the query',
    'a presigned address with an empty signature', 'a deletion without a signature', 'a copy onto it without a signature',
  ],
};

describe(ENGINE.role, () => {
  let folder: string;
  let server: LocalServer;
  let admin: ObjectStore;
  let authorityPem: string;

  beforeAll(async () => {
    ensureEngine();
    folder = mkdtempSync(join(tmpdir(), 'homelab-forged-'));
    const authority = await makeAuthority('test house');
    authorityPem = splitPem(authority).certificatePem;
    writeFileSync(join(folder, 'ca.pem'), authorityPem);
    const certificate = splitPem(await makeCertificate(authority, ['127.0.0.1']));
    server = await ENGINE.serve({ dataFolder: join(folder, 'objects'), certificateFolder: join(folder, 'server'), authorityPem, ...certificate, admin: ADMIN });
    admin = { endpoint: server.endpoint, authorityPath: join(folder, 'ca.pem'), credentials: ADMIN };
    await ENGINE.configure(admin, BUCKET, KEY, [`${STATE}.tflock`]);
    await requireS3(admin, 'writing the true state', { method: 'PUT', path: `/${BUCKET}/${STATE}`, body: TRUE_STATE });
  });
  afterAll(async () => {
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test.each(Object.entries(FORGERIES))('refuses %s, whichever name it carries', async (what, forgery) => {
    const before = await listVersions(admin, BUCKET, STATE);
    for (const name of [ADMIN.accessKeyId, KEY.accessKeyId, 'nobody', 'admin']) {
      const { status, text } = await forge(server.endpoint, authorityPem, forgery, name);
      // A name that is known to nobody may be told before the form is looked at.
      const malformed = MALFORMED[ENGINE.role]!.includes(what) && !text.includes('InvalidAccessKeyId');
      expect([name, text, status]).toEqual([name, text, malformed ? 400 : 403]);
    }
    expect(await listVersions(admin, BUCKET, STATE)).toEqual(before);
    expect(await readObject(admin, BUCKET, STATE)).toBe(TRUE_STATE);
  });

  test('still takes what Terraform signs: an unsigned trailer in a signed request', async () => {
    const own = { ...admin, credentials: KEY };
    const { headers, body } = trailer('');
    const { 'x-amz-date': _date, ...rest } = headers;
    await requireS3(own, 'writing', { method: 'PUT', path: `/${BUCKET}/signed.tfstate`, body, headers: rest });
    expect(await readObject(own, BUCKET, 'signed.tfstate')).toBe(FORGED);
  });
});
