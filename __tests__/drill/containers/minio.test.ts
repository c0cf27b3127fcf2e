import { AwsClient } from 'aws4fetch';
import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { playRole, type PlayOptions, type PlayResult } from '../../../drill/containers/ansible';
import { makeAuthority, makeCertificate, splitPem } from '../../../secrets/certificates';
import { toolPath } from '../../../tools/tool-path';
import { BUILD_TIMEOUT_MS, ensureTools, ROOT } from '../../tools/ensure-tools';
import { describeInContainer, expectSuccess, TEST_MS } from './with-containers';

const PASSWORD = 'correct-horse-battery-staple';

describeInContainer('role minio', (container) => {
  let certificate: string;
  const play = (options: Partial<PlayOptions> = {}): PlayResult =>
    playRole(container(), 'minio', { variables: { minio_root_user: 'RootNameNobodyKnows1', minio_root_password: PASSWORD, minio_certificate: certificate }, ...options });
  /** Status of a signed request for the list of buckets. */
  const login = async (accessKeyId: string, secretAccessKey: string): Promise<string | undefined> => {
    const signer = new AwsClient({ accessKeyId, secretAccessKey, service: 's3', region: 'us-east-1' });
    const { stdout, stderr } = ask((await signer.sign('https://127.0.0.1:9000/', { aws: { signQuery: true } })).url);
    return stdout || /HTTP Error (\d+)/.exec(stderr)?.[1];
  };
  const ask = (url: string) => container().run(`python3 -c 'import urllib.request as http; print(http.urlopen("${url}").status)'`);

  beforeAll(async () => {
    ensureTools('minio');
    const authority = await makeAuthority('drill');
    certificate = await makeCertificate(authority, ['127.0.0.1', 'minio.home.arpa']);
    // The role builds the server for a quarter of an hour; the tests have the same version already.
    const { minio_binary: path, minio_version: version } = parse(readFileSync(join(ROOT, 'ansible/roles/minio/vars/main.yml'), 'utf8')) as { minio_binary: string; minio_version: string };
    const binary = join(container().root, path.replace('{{ minio_version }}', version));
    mkdirSync(dirname(binary), { recursive: true });
    copyFileSync(toolPath('minio'), binary);
    container().write('/usr/local/share/ca-certificates/homelab.crt', splitPem(authority).certificatePem);
    container().run('update-ca-certificates');
  }, BUILD_TIMEOUT_MS);

  test('serves with the certificate of the house, and shows no secret on the way', () => {
    const result = play();
    expectSuccess(result);
    expect(result.output).not.toMatch(/PRIVATE KEY|correct-horse|RootNameNobodyKnows1/);
    expect(ask('https://127.0.0.1:9000/minio/health/ready').stdout).toBe('200');
    expect(container().run('stat -c "%a %U:%G" /etc/minio/certs/private.key').stdout).toBe('640 root:minio');
  }, TEST_MS);

  test('speaks nothing but TLS', () => {
    expect(ask('http://127.0.0.1:9000/minio/health/ready').stderr).toContain('400');
  });

  test.each([['changes nothing the second time', false], ['is clean in check mode', true]])('%s', (_what, check) => {
    const result = play({ check });
    expectSuccess(result);
    expect(result.changed).toEqual([]);
  }, TEST_MS);

  test('serves a renewed certificate after the run that brought it', async () => {
    const authority = await makeAuthority('another');
    certificate = await makeCertificate(authority, ['127.0.0.1']);
    container().write('/usr/local/share/ca-certificates/homelab.crt', splitPem(authority).certificatePem);
    container().run('update-ca-certificates --fresh');
    const result = play();
    expectSuccess(result);
    expect(ask('https://127.0.0.1:9000/minio/health/ready').stdout).toBe('200');
  }, TEST_MS);

  test('takes another name and password of root, and the old ones open nothing', async () => {
    expect(await login('RootNameNobodyKnows1', PASSWORD)).toBe('200');
    const result = play({ variables: { minio_root_user: 'AnotherRootName2', minio_root_password: 'Another1-password', minio_certificate: certificate } });
    expectSuccess(result);
    expect(result.output).not.toMatch(/AnotherRootName2|Another1-password/);
    expect(await login('AnotherRootName2', 'Another1-password')).toBe('200');
    for (const [user, password] of [['RootNameNobodyKnows1', PASSWORD], ['AnotherRootName2', PASSWORD], ['RootNameNobodyKnows1', 'Another1-password']]) expect(await login(user!, password!)).toBe('403');
  }, TEST_MS);
});
