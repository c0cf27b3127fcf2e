import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { makeAuthority, makeCertificate, splitPem } from '../../secrets/certificates';
import { requireTrustedHost, trustEnvironment, trustHost } from '../../state/host-authority';
import type { Site } from '../../state/site';
import { terraformPath } from '../../tools/tool-path';

jest.setTimeout(60_000);

let root: string;
let site: Site;
let said: string[];
const servers: Server[] = [];
const path = process.env.PATH;
const say = (line: string) => void said.push(line);
const asked = () => (existsSync(join(root, 'asked')) ? readFileSync(join(root, 'asked'), 'utf8').split('\n').length - 1 : 0);
const pinned = () => readFileSync(join(site.base, 'pve-root-ca.pem'), 'utf8');
const onHost = (pem: string) => writeFileSync(join(root, 'on-host.pem'), pem);

/** Something that answers over TLS, in place of Proxmox VE. */
async function answer(authority: string, names: string[]): Promise<string> {
  const { keyPem, certificatePem } = splitPem(await makeCertificate(authority, names));
  const server = createServer({ key: keyPem, cert: certificatePem }, (_request, response) => response.writeHead(404).end());
  servers.push(server);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return `https://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}
function defineAt(endpoint: string): void {
  writeFileSync(join(root, 'cdktf.out', 'stacks', 'services', 'cdk.tf.json'), JSON.stringify({ provider: { proxmox: [{ endpoint }] } }));
}

let authority: string;
let endpoint: string;
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'homelab-host-'));
  for (const folder of ['bin', 'cdktf.out/stacks/services', 'cdktf.out/ansible/inventories']) mkdirSync(join(root, folder), { recursive: true });
  writeFileSync(join(root, 'bin', 'ssh'), `#!/bin/sh\necho "$*" >>${root}/asked\ncat ${root}/on-host.pem\n`);
  chmodSync(join(root, 'bin', 'ssh'), 0o755);
  process.env.PATH = `${join(root, 'bin')}:${path}`;
  writeFileSync(join(root, 'cdktf.out/ansible/inventories/prod.yml'), 'all: {children: {metal: {hosts: {pve: {ansible_host: 192.0.2.10}}}}}');
  site = { kind: 'real', root, base: join(root, '.state'), secrets: { root, folder: root, keyFile: undefined } };
  said = [];
  authority = await makeAuthority('Proxmox Virtual Environment');
  onHost(splitPem(authority).certificatePem);
  endpoint = await answer(authority, ['127.0.0.1']);
  defineAt(endpoint);
});
afterEach(() => {
  process.env.PATH = path;
  for (const server of servers.splice(0)) server.close();
  rmSync(root, { recursive: true, force: true });
});

test("M3: the host's authority is fetched once over SSH, pinned, and said", async () => {
  await requireTrustedHost(site, 'services', say);
  await requireTrustedHost(site, 'services', say);
  expect(asked()).toBe(1);
  expect(readFileSync(join(root, 'asked'), 'utf8')).toMatch(/BatchMode=yes.*root@192\.0\.2\.10 cat \/etc\/pve\/pve-root-ca\.pem/);
  expect(pinned()).toBe(splitPem(authority).certificatePem);
  expect(said).toEqual([expect.stringMatching(/^the authority of 192\.0\.2\.10 is pinned: ([0-9A-F]{2}:){31}/)]);
});

test.each([
  ['of another authority, though it has the same name', async () => answer(await makeAuthority('Proxmox Virtual Environment'), ['127.0.0.1'])],
  ["of the host's authority, for another address", () => answer(authority, ['192.0.2.77'])],
])('M3: whoever shows a certificate %s gets no token', async (_what, impostor) => {
  await requireTrustedHost(site, 'services', say);
  defineAt(await impostor());
  await expect(requireTrustedHost(site, 'services', say)).rejects.toThrow('the API token was not sent');
  expect(pinned()).toBe(splitPem(authority).certificatePem);
});

test('M3: Terraform itself trusts the pinned authority beside those of the system, and refuses another one', async () => {
  await requireTrustedHost(site, 'services', say);
  const pull = (address: string) => {
    const folder = mkdtempSync(join(root, 'stack-'));
    writeFileSync(join(folder, 'main.tf.json'), JSON.stringify({ terraform: { backend: { http: { address, retry_max: 0 } } } }));
    const environment = { PATH: path, HOME: root, CHECKPOINT_DISABLE: '1', ...trustEnvironment(site, {}) };
    const run = (...words: string[]) => spawnSync(terraformPath(), words, { cwd: folder, env: environment, encoding: 'utf8' });
    return [run('init', '-no-color'), run('state', 'pull', '-no-color')].map(({ stdout, stderr }) => stdout + stderr).join('');
  };
  // A server in this process cannot answer while a program is waited for: it is one of its own.
  const serve = async (names: readonly string[], of: string) => {
    const { keyPem, certificatePem } = splitPem(await makeCertificate(of, names));
    const program = `const s = require('node:https').createServer({ key: process.env.KEY, cert: process.env.CERT }, (q, r) => r.writeHead(404).end()).listen(0, '127.0.0.1', () => require('node:fs').writeFileSync(process.env.PORT, String(s.address().port)));`;
    const port = join(root, `port-${names[0]}-${Math.random()}`);
    const child = spawn(process.execPath, ['-e', program], { env: { KEY: keyPem, CERT: certificatePem, PORT: port } });
    while (!existsSync(port) || !readFileSync(port, 'utf8')) await new Promise((resolve) => setTimeout(resolve, 50));
    return { address: `https://127.0.0.1:${readFileSync(port, 'utf8')}/state`, child };
  };
  const [own, other] = [await serve(['127.0.0.1'], authority), await serve(['127.0.0.1'], await makeAuthority('another'))];
  try {
    expect(pull(own.address)).not.toContain('x509');
    expect(pull(other.address)).toContain('x509: certificate signed by unknown authority');
    expect(readFileSync(join(site.base, 'trusted.pem'), 'utf8')).toContain(splitPem(authority).certificatePem.trim());
  } finally {
    for (const { child } of [own, other]) child.kill();
  }
});

test('a host that was installed anew is pinned by its owner, who sees both fingerprints', async () => {
  await requireTrustedHost(site, 'services', say);
  const renewed = await makeAuthority('Proxmox Virtual Environment');
  onHost(splitPem(renewed).certificatePem);
  defineAt(await answer(renewed, ['127.0.0.1']));
  await expect(requireTrustedHost(site, 'services', say)).rejects.toThrow('read docs/state/host-certificate.md');
  trustHost(site, say);
  expect(said.at(-1)).toMatch(/is pinned: [0-9A-F:]+, in place of [0-9A-F:]+$/);
  await requireTrustedHost(site, 'services', say);
});

test.each([
  ['nothing of the kind', () => 'no such file'],
  ['the certificate of a server', async () => splitPem(await makeCertificate(authority, ['pve'])).certificatePem],
])('%s is not pinned', async (_what, content) => {
  onHost(await content());
  await expect(requireTrustedHost(site, 'services', say)).rejects.toThrow('no certificate of an authority; nothing was pinned');
  expect(existsSync(join(site.base, 'pve-root-ca.pem'))).toBe(false);
});

test('a host that does not answer is left to Terraform, a rehearsal asks nobody', async () => {
  await requireTrustedHost(site, 'services', say);
  defineAt('https://127.0.0.1:1/');
  await requireTrustedHost(site, 'services', say);
  await requireTrustedHost({ ...site, kind: 'rehearsal', base: join(root, 'rehearsal') }, 'services', say);
  expect(asked()).toBe(1);
});
