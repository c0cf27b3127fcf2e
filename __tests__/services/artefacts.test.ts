import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { playRoles, type PlayResult } from '../../drill/containers/ansible';
import { Container } from '../../drill/containers/container';
import { Vendor } from '../../drill/vendors/vendor';
import { describeInContainer, expectSuccess, TEST_MS } from '../drill/containers/with-containers';

const pool = mkdtempSync(join(tmpdir(), 'homelab-pool-'));
const version = '1.2.3';
const file = `TriliumNotes-Server-v${version}-linux-x64.tar.xz`;
const home = `/opt/trilium-${version}`;

// One container is both: the host that has the pool, and its guest 120. What pct does between them is a copy.
const pct = `#!/bin/sh
set -eu
case "$1 $2" in 'push 120' | 'pull 120') cp "$3" "$4" ;; *) echo "no such call: $*" >&2; exit 2 ;; esac
`;

describeInContainer('releases on the pool', (container) => {
  let archive: { readonly url: string; readonly sha256: string };
  const play = (name: string, tasks_from: string, more: Readonly<Record<string, unknown>> = {}): PlayResult =>
    playRoles(container(), [{ name, tasks_from }], {
      variables: {
        guest_base_pool_host: 'pve',
        guest_base_pool_vmid: 120,
        guest_base_pool_folder: '/tank/artefacts',
        guest_base_release_home: home,
        guest_base_release_url: `${archive.url}/${file}`,
        guest_base_release_sha256: archive.sha256,
        trilium_version: version,
        trilium_download_url: archive.url,
        trilium_sha256: archive.sha256,
        ...more,
      },
    });
  const install = (more?: Readonly<Record<string, unknown>>): PlayResult => play('guest_base', 'release', more);
  const kept = (): readonly string[] => readdirSync(join(pool, 'artefacts'));
  const vendorHas = (there: boolean): void => void container().run(there ? `cp /opt/build/kept /opt/vendor/${file}` : `rm -f /opt/vendor/${file}`);

  beforeAll(() => {
    container().write('/usr/sbin/pct', pct);
    container().run('chmod 0755 /usr/sbin/pct; apt-get -qq install -y xz-utils', 120);
    archive = new Vendor(container()).archive(file, { 'trilium.sh': 'trilium-stand-in.py' });
    container().run(`cp /opt/vendor/${file} /opt/build/kept`);
  }, TEST_MS);
  afterEach(() => void container().run(`rm -rf ${home}`));
  afterAll(() => rmSync(pool, { recursive: true, force: true }));

  test('a release of a vendor is kept by its SHA-256, whole', () => {
    expectSuccess(install());
    expect(kept()).toEqual([archive.sha256]);
  }, TEST_MS);

  test('when the vendor has it no more, a new root disk is installed from the pool', () => {
    vendorHas(false);
    expectSuccess(install());
    expect(container().run(`test -x ${home}/trilium.sh`).status).toBe(0);
  }, TEST_MS);

  test('a kept file that is damaged is not used, and is kept anew from the vendor', () => {
    writeFileSync(join(pool, 'artefacts', archive.sha256), 'damaged');
    expect(install().failed.join()).toContain(file);
    expect(container().run(`test -e ${home}`).status).not.toBe(0);
    vendorHas(true);
    expectSuccess(install());
    expect(readFileSync(join(pool, 'artefacts', archive.sha256))).toEqual(readFileSync(join(container().root, `opt/vendor/${file}`)));
  }, TEST_MS);

  test('fetch keeps what a role is installed from before any guest is there, and changes nothing the second time', () => {
    rmSync(join(pool, 'artefacts'), { recursive: true });
    const fetched = play('trilium', 'artefacts');
    expectSuccess(fetched);
    expect(kept()).toEqual([archive.sha256]);
    expect(play('trilium', 'artefacts').changed).toEqual([]);
    vendorHas(false);
    expectSuccess(install());
    vendorHas(true);
  }, TEST_MS);

  test('without the pool everything comes from the vendor, and nothing is written where it would be', () => {
    const elsewhere = { guest_base_pool_folder: '/srv/pool/artefacts' };
    container().run('mkdir -p /srv/pool');
    expectSuccess(install(elsewhere));
    expect(play('trilium', 'artefacts', elsewhere).failed.join()).toContain('Ask whether the pool is mounted');
    expect(container().run('ls /srv/pool').stdout).toBe('');
  }, TEST_MS);
}, () => Container.start('guest', { addresses: [], volumes: { '/tank': pool } }));
