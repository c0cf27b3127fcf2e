import { X509Certificate } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect } from 'node:tls';

import { replaceFile } from '../common/replace-file';
import { Refusal } from '../common/refusal';
import { hostAddress, privateFolder, readStack, type Site, type StackName } from './site';
import { sshToHost } from './ssh';

/** The authority that Proxmox VE makes for itself when it is installed; it signs the certificate of its API. */
const ON_HOST = '/etc/pve/pve-root-ca.pem';
const TIMEOUT_MS = 10_000;
/** Where systems keep the authorities they trust, in the order in which Go looks. */
const SYSTEM_BUNDLES = ['/etc/ssl/certs/ca-certificates.crt', '/etc/pki/tls/certs/ca-bundle.crt', '/etc/ssl/ca-bundle.pem', '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem', '/etc/ssl/cert.pem'];

const pinPath = (site: Site): string => join(site.base, 'pve-root-ca.pem');

/** A certificate of an authority. @throws Refusal for anything else */
function authority(pem: string): X509Certificate {
  try {
    const certificate = new X509Certificate(pem);
    if (certificate.ca) return certificate;
  } catch {
    // It is no certificate at all: the words below say so.
  }
  throw new Refusal(`'${ON_HOST}' of the host is no certificate of an authority; nothing was pinned`);
}

/**
 * Fetches the host's authority over SSH, whose host key is known, and pins it in place of one that was pinned before.
 * @throws Refusal when the host cannot be reached, or has none
 */
export function trustHost(site: Site, say: (line: string) => void): void {
  const pem = sshToHost(site, `cat ${ON_HOST}`).toString();
  const { fingerprint256 } = authority(pem);
  privateFolder(site.base);
  const path = pinPath(site);
  const before = existsSync(path) ? authority(readFileSync(path, 'utf8')).fingerprint256 : undefined;
  replaceFile(path, pem);
  if (before === fingerprint256) say(`the authority of ${hostAddress(site)} is the one that was pinned: ${fingerprint256}`);
  else say(`the authority of ${hostAddress(site)} is pinned: ${fingerprint256}${before === undefined ? '' : `, in place of ${before}`}`);
}

/** Why a server's certificate is not of an authority and for this name; undefined when it is, or nobody answers. */
function complaint({ hostname, port }: URL, ca: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port || 443), ca, timeout: TIMEOUT_MS });
    const end = (words?: string) => {
      socket.destroy();
      resolve(words);
    };
    socket.on('secureConnect', () => end());
    socket.on('timeout', () => end());
    // Terraform says that nobody answers in its own words.
    socket.on('error', (error: NodeJS.ErrnoException) => end(error.syscall === undefined ? error.message : undefined));
  });
}

/**
 * Looks, before the API token is sent, whether Proxmox VE is who answers: by the authority that is pinned, which is fetched when
 * there is none yet. The provider looks again by itself.
 * @throws Refusal when somebody else does
 */
export async function requireTrustedHost(site: Site, stack: StackName, say: (line: string) => void): Promise<void> {
  const { provider } = readStack(site, stack) as { provider?: { proxmox?: readonly { readonly endpoint?: string }[] } };
  const endpoint = provider?.proxmox?.[0]?.endpoint;
  if (site.kind !== 'real' || endpoint === undefined) return;
  if (!existsSync(pinPath(site))) trustHost(site, say);
  const wrong = await complaint(new URL(endpoint), readFileSync(pinPath(site), 'utf8'));
  if (wrong !== undefined) throw new Refusal(`whoever answers at ${endpoint} has no certificate of the host's authority for that address (${wrong}); the API token was not sent`, 'read docs/state/host-certificate.md');
}

/** Environment by which Terraform, and its provider, trust the host beside whom the system trusts. */
export function trustEnvironment(site: Site, shell: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  if (site.kind !== 'real' || !existsSync(pinPath(site))) return {};
  const system = [shell.SSL_CERT_FILE, ...SYSTEM_BUNDLES].find((path) => path && existsSync(path));
  const bundle = [...(system ? [readFileSync(system, 'utf8')] : []), readFileSync(pinPath(site), 'utf8')].join('\n');
  const path = join(site.base, 'trusted.pem');
  if (!existsSync(path) || readFileSync(path, 'utf8') !== bundle) replaceFile(path, bundle);
  return { SSL_CERT_FILE: path };
}
