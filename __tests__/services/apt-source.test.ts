import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { playRoles, type PlayResult } from '../../drill/containers/ansible';
import { Vendor, type AptRepository } from '../../drill/vendors/vendor';
import { describeInContainer, expectSuccess, TEST_MS } from '../drill/containers/with-containers';
import { root as ROOT } from '../helpers/run-synth';

const program = { file: 'trilium-stand-in.py', path: '/usr/bin/tool' };

describeInContainer('a vendor’s repository', (container) => {
  let vendor: Vendor;
  const make = (name: string, key?: string): AptRepository => vendor.aptRepository({ name, suite: 'stable', component: 'main', packages: [{ name, version: '1.0', program }], key });
  const add = (name: string, { url, keyUrl, fingerprint }: AptRepository): PlayResult =>
    playRoles(container(), [{ name: 'guest_base', tasks_from: 'apt_source' }], {
      variables: {
        guest_base_source_name: name,
        guest_base_source_uri: url,
        guest_base_source_suite: 'stable',
        guest_base_source_components: 'main',
        guest_base_source_key_url: keyUrl,
        guest_base_source_key_fingerprint: fingerprint,
      },
    });
  const sources = (): string => container().run('ls /etc/apt/sources.list.d').stdout;

  beforeAll(() => {
    container().run('apt-get -qq install -y gnupg');
    vendor = new Vendor(container());
  }, TEST_MS);

  test('whose key apt accepts is added, and a second run changes nothing', () => {
    const good = make('good');
    expectSuccess(add('good', good));
    expect(sources()).toContain('good.sources');
    expect(add('good', good).changed).toEqual([]);
  }, TEST_MS);

  test('whose key is bound by SHA-1 is refused before its source is written, in apt’s own words', () => {
    const old = make('old', "KEY_OPTIONS='--cert-digest-algo SHA1 --faked-system-time 20230118T120000' KEY_TYPE=rsa2048 KEY_EXPIRES=5y");
    const result = add('old', old);
    expect(result.failed.join()).toMatch(/apt cannot use .*valid until 2028-01-17.*apt says:.*SHA1/s);
    expect(sources()).not.toContain('old.sources');
    expect(container().run('apt-get -qq update').status).toBe(0);
  }, TEST_MS);

  test('whose key ran out, was extended and signed anew is used by the next run', () => {
    const late = make('late', 'KEY_EXPIRES=seconds=3');
    expectSuccess(add('late', late));
    container().run(`export GNUPGHOME=/opt/vendor/late/gnupg; cd /opt/vendor/late; sleep 4
      gpg --batch --passphrase '' --quick-set-expire ${late.fingerprint} 2y && gpg --armor --export >key.asc
      gpg --batch --yes --clearsign --output dists/stable/InRelease dists/stable/Release; gpgconf --kill all`);
    expectSuccess(add('late', late));
  }, TEST_MS);

  test('whose key ran out later does not keep the guest from its own packages', () => {
    container().run('echo broken >/opt/vendor/good/dists/stable/InRelease');
    const result = playRoles(container(), [{ name: 'guest_base', tasks_from: 'lists' }], { variables: {} });
    expectSuccess(result);
    expect(sources()).toContain('debian.sources');
    expect(sources()).not.toContain('good.sources');
  }, TEST_MS);

  test('that apt refuses is fetched by the same chain of checks where a role says so, and by no other key', () => {
    container().write('/tmp/fetch', readFileSync(join(ROOT, 'ansible/roles/mongodb/files/fetch-signed-debs'), 'utf8'));
    const fingerprint = container().read('/opt/vendor/old/fingerprint').trim();
    const fetch = (key: string): { status: number; stdout: string; stderr: string } =>
      container().run(`python3 /tmp/fetch /opt/vendor/old/key.asc ${key} http://127.0.0.1:8099/old stable main /tmp/debs old=1.0`);
    expect(fetch(fingerprint)).toMatchObject({ status: 0, stdout: '/tmp/debs/old.deb' });
    expect(fetch(`${fingerprint.slice(0, -1)}${fingerprint.endsWith('0') ? '1' : '0'}`).stderr).toContain('is not signed by');
    container().run('rm -r /tmp/debs; echo more >>/opt/vendor/old/pool/old.deb');
    expect(fetch(fingerprint).stderr).toContain('has another SHA-256 than its index says');
  }, TEST_MS);
}, 'guest');
