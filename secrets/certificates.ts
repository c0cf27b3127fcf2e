import 'reflect-metadata';

import type { webcrypto } from 'node:crypto';
import { isIP } from 'node:net';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';

import { Refusal } from '../common/refusal';
import { nameConstraints, outside, type Permitted } from './name-constraints';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const DAY_MS = 86_400_000;
const AUTHORITY_DAYS = 3650;
/** Clients refuse server certificates that are valid for longer. */
const SERVER_DAYS = 397;

/** The two halves of a value that holds a private key and its certificate. */
export interface KeyPair {
  readonly keyPem: string;
  readonly certificatePem: string;
}

/**
 * Takes apart a value made by makeAuthority or makeCertificate.
 * @throws Refusal when a half is missing
 */
export function splitPem(value: string): KeyPair {
  const block = (label: string) => new RegExp(`-----BEGIN ${label}-----[^-]+-----END ${label}-----\n?`).exec(value)?.[0];
  const [keyPem, certificatePem] = [block('PRIVATE KEY'), block('CERTIFICATE')];
  if (!keyPem || !certificatePem) throw new Refusal('a certificate secret holds a PRIVATE KEY and a CERTIFICATE block, got something else');
  return { keyPem, certificatePem };
}

/**
 * Makes a certificate authority, valid for ten years: its key and certificate as one PEM text.
 * @param permitted what it may sign for. @default - anything
 */
export async function makeAuthority(commonName: string, permitted?: Permitted): Promise<string> {
  const keys = await generateKeys();
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: `CN=${commonName}`,
    keys,
    ...validity(AUTHORITY_DAYS),
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
      ...(permitted ? [nameConstraints(permitted)] : []),
    ],
  });
  return joinPem(keys.privateKey, certificate);
}

/**
 * Makes a server's key and certificate, valid for 397 days, as one PEM text.
 * @param authority value made by makeAuthority
 * @param hosts DNS names and IP addresses; the first is the common name, where there is a DNS name
 * @throws Refusal for hosts that the authority may not sign for
 */
export async function makeCertificate(authority: string, hosts: readonly string[]): Promise<string> {
  const { keyPem, certificatePem } = splitPem(authority);
  const key = PemConverter.decodeFirst(keyPem);
  const issuer = new X509Certificate(certificatePem);
  const strange = outside(issuer, hosts);
  if (strange.length > 0) throw new Refusal(`the house's authority may not sign for '${strange.join("', '")}': nobody would accept that certificate`, 'see docs/getting-started/authority.md');
  const keys = await generateKeys();
  const certificate = await X509CertificateGenerator.create({
    // Without a DNS name, OpenSSL would take the common name for one, which an authority of a domain may not sign for.
    subject: `${hosts.every((host) => isIP(host)) ? 'O' : 'CN'}=${hosts[0]}`,
    issuer: issuer.subject,
    publicKey: keys.publicKey,
    signingKey: await crypto.subtle.importKey('pkcs8', key, ALGORITHM, false, ['sign']),
    ...validity(SERVER_DAYS),
    extensions: [
      new BasicConstraintsExtension(false),
      // Python 3.13 refuses a certificate that does not name its issuer's key.
      await AuthorityKeyIdentifierExtension.create(issuer.publicKey),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      new SubjectAlternativeNameExtension(hosts.map((value) => ({ type: isIP(value) ? 'ip' : 'dns', value }))),
    ],
  });
  return joinPem(keys.privateKey, certificate);
}

function generateKeys(): Promise<webcrypto.CryptoKeyPair> {
  return crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
}

/** Starts an hour ago, so that a clock that is a little slow does not refuse it. */
function validity(days: number) {
  const now = Date.now();
  return { signingAlgorithm: ALGORITHM, notBefore: new Date(now - DAY_MS / 24), notAfter: new Date(now + days * DAY_MS) };
}

async function joinPem(privateKey: webcrypto.CryptoKey, certificate: X509Certificate): Promise<string> {
  const key = PemConverter.encode(await crypto.subtle.exportKey('pkcs8', privateKey), 'PRIVATE KEY');
  return `${key}\n${certificate.toString('pem')}\n`;
}
