import 'reflect-metadata';

import { AuthorityKeyIdentifierExtension, PemConverter, SubjectAlternativeNameExtension, X509Certificate, X509CertificateGenerator } from '@peculiar/x509';
import { once } from 'node:events';
import { createServer, get } from 'node:https';
import { isIP, type AddressInfo } from 'node:net';

import { makeAuthority, makeCertificate, splitPem } from '../../secrets/certificates';
import type { SecretSpec } from '../../secrets/manifest';
import { homelab } from '../../homelab';
import { emit } from '../helpers/emitted';

const PERMITTED = { domains: ['home.arpa'], networks: ['192.168.88.0/24', '127.0.0.0/8'] };
const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

/** Signs as whoever stole the authority's key would: nothing is looked at. */
async function forge(authority: string, hosts: readonly string[]): Promise<string> {
  const { keyPem, certificatePem } = splitPem(authority);
  const issuer = new X509Certificate(certificatePem);
  const keys = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const certificate = await X509CertificateGenerator.create({
    subject: 'CN=forged',
    issuer: issuer.subject,
    publicKey: keys.publicKey,
    signingKey: await crypto.subtle.importKey('pkcs8', PemConverter.decodeFirst(keyPem), ALGORITHM, false, ['sign']),
    signingAlgorithm: ALGORITHM,
    notAfter: new Date(Date.now() + 86_400_000),
    extensions: [await AuthorityKeyIdentifierExtension.create(issuer.publicKey), new SubjectAlternativeNameExtension(hosts.map((value) => ({ type: isIP(value) ? 'ip' : 'dns', value })))],
  });
  return `${PemConverter.encode(await crypto.subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY')}\n${certificate.toString('pem')}\n`;
}

/** What a client that trusts the authority says of a server with this certificate, asked under a name. */
async function said(authority: string, certificate: string, name: string): Promise<string> {
  const { keyPem, certificatePem } = splitPem(certificate);
  const server = createServer({ key: keyPem, cert: certificatePem }, (_request, response) => response.end('welcome'));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const options = { host: '127.0.0.1', port: (server.address() as AddressInfo).port, ca: splitPem(authority).certificatePem, agent: false, ...(isIP(name) ? {} : { servername: name }) };
  const answer = await new Promise<string>((resolve) => get(options, (response) => response.on('data', (text: Buffer) => resolve(text.toString()))).on('error', (error) => resolve(error.message)));
  server.close();
  return answer;
}

let authority: string;
beforeAll(async () => void (authority = await makeAuthority('homelab', PERMITTED)));

test('L10: the authority of a house says in a critical extension what it may sign for', () => {
  const extension = new X509Certificate(splitPem(authority).certificatePem).getExtension('2.5.29.30');
  expect(extension?.critical).toBe(true);
  expect(Buffer.from(extension!.value).toString('latin1')).toContain('home.arpa');
});

test.each([[['minio.home.arpa', '192.168.88.228', '127.0.0.1'], 'minio.home.arpa'], [['127.0.0.1'], '127.0.0.1'], [['192.168.88.228', 'minio.home.arpa', '127.0.0.1'], '127.0.0.1']])('signs for %j, and clients agree', async (hosts, name) => {
  expect(await said(authority, await makeCertificate(authority, hosts), name)).toBe('welcome');
});

test.each([['bank.example', 'bank.example'], ['home.arpa.bank.example', 'home.arpa.bank.example'], ['nothome.arpa', 'nothome.arpa'], ['192.168.89.1', '127.0.0.1'], ['8.8.8.8', '127.0.0.1']])('L10: whoever has its key cannot be %s: no client believes it', async (host, name) => {
  await expect(makeCertificate(authority, [host])).rejects.toThrow(`may not sign for '${host}'`);
  expect(await said(authority, await forge(authority, ['127.0.0.1', host]), name)).toBe('permitted subtree violation');
});

test('an authority that was made before goes on signing for everything', async () => {
  const old = await makeAuthority('homelab');
  expect(await said(old, await makeCertificate(old, ['photos.example']), 'photos.example')).toBe('welcome');
});

test("the house's own is made for its domain and its network, and signs every certificate that the house declares", async () => {
  const { secrets } = JSON.parse(emit(homelab).text('secrets/manifest.json')) as { secrets: SecretSpec[] };
  const [how] = secrets.map(({ howToMake }) => howToMake).filter(({ kind }) => kind === 'authority') as Extract<SecretSpec['howToMake'], { kind: 'authority' }>[];
  expect(how!.permitted).toEqual({ domains: [homelab.domain], networks: ['192.168.88.0/24', '127.0.0.0/8'] });
  const own = await makeAuthority(how!.commonName, how!.permitted);
  const certificates = secrets.flatMap(({ howToMake }) => (howToMake.kind === 'certificate' ? [howToMake.hosts] : []));
  expect(certificates.length).toBeGreaterThan(0);
  for (const hosts of certificates) expect(await said(own, await makeCertificate(own, hosts), '127.0.0.1')).toBe('welcome');
});
