import { createHash } from 'node:crypto';

import { readLock } from '../../state/lock';
import { createObject, listVersions, readObject } from '../../state/s3';
import { contentMd5, element, requireS3, s3Request } from '../../state/s3-request';
import { S3Server, signatureOf } from './s3-server';

let server: S3Server;
beforeAll(async () => {
  server = await S3Server.start();
});
afterAll(() => server.stop());
beforeEach(() => {
  server.asked.length = 0;
  server.answers = [];
});

const error = (code: string, message = '') => `<?xml version="1.0"?><Error><Code>${code}</Code>${message && `<Message>${message}</Message>`}</Error>`;
const read = (versionId?: string) => readObject(server.store(), 'states', 'services.tfstate', versionId);
const create = () => createObject(server.store(), 'states', 'services.tfstate', '{"serial":1}');
const list = () => listVersions(server.store(), 'states', 'services.tfstate');

describe('a signed request', () => {
  test.each([
    ['s3', undefined, { method: 'GET', path: '/states/services.tfstate' }],
    ['s3', undefined, { method: 'PUT', path: '/states/services.tfstate?versionId=1', body: '{"serial":7}', headers: { 'if-none-match': '*' } }],
    ['iam', 'iam', { method: 'POST', path: '/', body: 'Action=ListUsers' }],
  ] as const)('for %s has the signature that its own words give, and what was to be sent', async (service, named, { method, path, ...more }) => {
    server.answers = [{ status: 200, text: 'well' }];
    expect(await s3Request(server.store(), 'trying', { method, path, ...more, ...(named && { service: named }) })).toMatchObject({ status: 200, text: 'well' });
    const [asked] = server.asked;
    const body = 'body' in more ? more.body : '';
    expect(asked).toMatchObject({ method, path, body, headers: { 'x-amz-content-sha256': createHash('sha256').update(body).digest('hex') } });
    expect(asked!.headers.authorization).toMatch(`Credential=AKEXAMPLE/`);
    expect(asked!.headers.authorization).toMatch(`Signature=${signatureOf(asked!, service)}`);
    expect(asked!.headers['if-none-match']).toBe('headers' in more ? '*' : undefined);
  });

  test('is sent again when the server fails at it, and signed each time', async () => {
    server.answers = [{ status: 503 }, { status: 200, text: 'well' }];
    expect(await s3Request(server.store(), 'trying', { method: 'GET', path: '/states/x' })).toMatchObject({ status: 200, text: 'well' });
    expect(server.asked).toHaveLength(2);
    expect(server.asked[1]!.headers.authorization).toMatch(`Signature=${signatureOf(server.asked[1]!, 's3')}`);
  });

  test.each([403, 404, 499, 501])('is not sent again after %s: the answer would be the same', async (status) => {
    server.answers = [{ status, text: 'no' }];
    expect(await s3Request(server.store(), 'trying', { method: 'GET', path: '/states/x' })).toMatchObject({ status, text: 'no' });
    expect(server.asked).toHaveLength(1);
  });

  test('says in the words of the runbooks why no answer came, and where', async () => {
    const { endpoint } = server.store();
    const ask = { method: 'GET', path: '/states/x' } as const;
    await expect(s3Request(server.store(), 'reading it', ask)).rejects.toThrow(`reading it failed at ${endpoint}: connection reset`);
    await expect(s3Request(server.store('other.pem'), 'reading it', ask)).rejects.toThrow(`reading it failed at ${endpoint}: x509: `);
    const nobody = { ...server.store(), endpoint: 'https://127.0.0.1:1' };
    await expect(s3Request(nobody, 'reading it', ask)).rejects.toThrow('reading it failed at https://127.0.0.1:1: connection refused');
  });
});

describe('reading an object', () => {
  test('gives its text, of the newest version or of one that is named', async () => {
    server.answers = [{ status: 200, text: 'newest' }, { status: 200, text: 'older' }];
    expect([await read(), await read('a/b+c')]).toEqual(['newest', 'older']);
    expect(server.asked.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /states/services.tfstate', 'GET /states/services.tfstate?versionId=a%2Fb%2Bc']);
  });

  test('tells an object that is not there from a bucket that is not there', async () => {
    server.answers = [{ status: 404, text: error('NoSuchKey') }, { status: 404 }, { status: 404, text: error('NoSuchBucket', 'gone') }];
    expect([await read(), await read()]).toEqual([undefined, undefined]);
    await expect(read()).rejects.toThrow(`reading 'services.tfstate' failed at ${server.store().endpoint}: NoSuchBucket: gone`);
  });

  test.each([
    [{ status: 403, text: error('AccessDenied') }, 'AccessDenied'],
    [{ status: 403, text: 'a page of somebody' }, 'status 403'],
    [{ status: 206, text: '{"half":' }, 'status 206'],
    [{ status: 301, text: '' }, 'status 301'],
  ])('never takes %j for a state', async (answer, words) => {
    server.answers = [answer];
    await expect(read()).rejects.toThrow(new RegExp(`: ${words}$`));
  });

  test('a lock is read beside the state, and a free one is none', async () => {
    server.answers = [{ status: 200, text: JSON.stringify({ ID: '1-2', Operation: 'OperationTypeApply', Who: 'me@here', Created: '2026-01-02T03:04:05Z', Path: 'x' }) }, { status: 200, text: '{}' }, { status: 404 }];
    const lock = () => readLock(server.store(), 'states', 'services.tfstate');
    expect(await lock()).toEqual({ id: '1-2', operation: 'OperationTypeApply', who: 'me@here', created: '2026-01-02T03:04:05Z' });
    expect(await lock()).toEqual({ id: '', operation: '', who: '', created: '' });
    expect(await lock()).toBeUndefined();
    expect(server.asked[0]!.path).toBe('/states/services.tfstate.tflock');
  });
});

describe('making an object', () => {
  test('asks the server to take it only where there is none, and says whether it did', async () => {
    server.answers = [{ status: 200 }, { status: 412, text: error('PreconditionFailed') }];
    expect([await create(), await create()]).toEqual([true, false]);
    expect(server.asked[0]).toMatchObject({ method: 'PUT', path: '/states/services.tfstate', body: '{"serial":1}', headers: { 'if-none-match': '*' } });
  });

  test.each([300, 403, 409])('is refused when the answer is %s: nobody knows whether it is there', async (status) => {
    server.answers = [{ status, text: error('Odd', 'answer') }];
    await expect(create()).rejects.toThrow(`writing 'services.tfstate' failed at ${server.store().endpoint}: Odd: answer`);
  });
});

describe('a request that must succeed', () => {
  const must = (tolerated?: readonly string[]) => requireS3(server.store(), 'making the bucket', { method: 'PUT', path: '/states' }, tolerated);

  test('gives the text, of an error that is none for the caller as well', async () => {
    server.answers = [{ status: 299, text: 'made' }, { status: 409, text: error('BucketAlreadyOwnedByYou') }];
    expect(await must()).toBe('made');
    expect(await must(['BucketAlreadyOwnedByYou'])).toBe(error('BucketAlreadyOwnedByYou'));
  });

  test('is refused for another error, and for one without a code', async () => {
    server.answers = [{ status: 409, text: error('BucketAlreadyExists') }, { status: 300, text: '' }];
    await expect(must(['BucketAlreadyOwnedByYou'])).rejects.toThrow('making the bucket failed');
    await expect(must(['BucketAlreadyOwnedByYou'])).rejects.toThrow(': status 300');
  });
});

describe('versions of an object', () => {
  const version = (id: string, key = 'services.tfstate', kind = 'Version', size = '<Size>12</Size>') =>
    `<${kind}><Key>${key}</Key><VersionId>${id}</VersionId><LastModified>2026-01-0${id}T00:00:00Z</LastModified>${size}</${kind}>`;
  const page = (entries: string, more = '<IsTruncated>false</IsTruncated>') => ({ status: 200, text: `<ListVersionsResult>${more}${entries}</ListVersionsResult>` });

  test('are listed newest first as they come, with what says that it was deleted, and without those of other keys', async () => {
    server.answers = [page(version('3', undefined, 'DeleteMarker', '') + version('2') + version('9', 'services.tfstate.tflock') + version('1'))];
    expect(await list()).toEqual([
      { versionId: '3', lastModified: '2026-01-03T00:00:00Z', sizeBytes: 0, isDeleteMarker: true },
      { versionId: '2', lastModified: '2026-01-02T00:00:00Z', sizeBytes: 12, isDeleteMarker: false },
      { versionId: '1', lastModified: '2026-01-01T00:00:00Z', sizeBytes: 12, isDeleteMarker: false },
    ]);
    expect(server.asked.map(({ path }) => path)).toEqual(['/states?versions&prefix=services.tfstate']);
  });

  test('are read page by page, until the pages are about other keys', async () => {
    const next = (key: string, id: string) => `<IsTruncated>true</IsTruncated><NextKeyMarker>${key}</NextKeyMarker><NextVersionIdMarker>${id}</NextVersionIdMarker>`;
    server.answers = [page(version('3'), next('services.tfstate', 'a/b')), page(version('2'), next('services.tfstate.tflock', '9')), page(version('1'))];
    expect((await list()).map(({ versionId }) => versionId)).toEqual(['3', '2']);
    expect(server.asked.map(({ path }) => path)).toEqual(['/states?versions&prefix=services.tfstate', '/states?versions&prefix=services.tfstate&key-marker=services.tfstate&version-id-marker=a%2Fb']);
  });

  test('are none where there are none, and a refusal is no empty list', async () => {
    server.answers = [page(''), { status: 403, text: error('AccessDenied') }];
    expect(await list()).toEqual([]);
    await expect(list()).rejects.toThrow("listing versions of 'services.tfstate' failed");
  });
});

test('text of an answer is unescaped once', () => {
  expect(element('<A><ETag>&quot;1&#34; &lt;&gt; &amp;lt;</ETag><ETag>2</ETag></A>', 'ETag')).toBe('"1" <> &lt;');
  expect(element('<A><B>1</B></A>', 'C')).toBeUndefined();
});

test('the digest of a body is that of RFC 1864', () => {
  expect(contentMd5('hello')).toEqual({ 'content-md5': 'XUFAKrxLKna5cZ2REBfFkg==' });
});
