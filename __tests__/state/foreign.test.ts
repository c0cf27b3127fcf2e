import { chmodSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { readObject } from '../../state/s3';
import { requireS3 } from '../../state/s3-request';
import { terraformPath } from '../../tools/tool-path';
import { BUILD_TIMEOUT_MS } from '../tools/ensure-tools';
import { ensureEngine } from './engine';
import { stack, writeStack } from './lab';
import { BUCKET, RealHouse } from './real-house';
import pinned from '../../common/provider.json';

jest.setTimeout(3 * 60_000);

const PLATFORM = `linux_${process.arch === 'arm64' ? 'arm64' : 'amd64'}`;
const isTofu = /tofu$/.test(terraformPath());
const REGISTRY = isTofu ? 'registry.opentofu.org' : 'registry.terraform.io';

let house: RealHouse;
/** A provider in the mirror that says when it is run. */
function offer(source: string, version: string, content = ''): void {
  const path = house.project.path('mirror', REGISTRY, source, version, PLATFORM, `terraform-provider-${source.split('/')[1]}_v${version}`);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `#!/bin/sh\n${content}env >'${house.project.path('ran')}'\nexit 1\n`);
  chmodSync(path, 0o755);
}
function define(required: Readonly<Record<string, object>>): void {
  for (const name of ['foundation', 'services']) {
    const plain = stack(name, house.endpoint, { dns: { input: { vm_id: 101 } } });
    writeStack(house.project, name, { ...plain, terraform: { ...(plain.terraform as object), required_providers: required } });
  }
}
const installed = () => {
  const folders = [house.project.path('cdktf.out'), house.project.path('.state')];
  return folders.flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' })).filter((path) => path.includes(join('providers', REGISTRY)) && /_v[\d.]+$/.test(path));
};
const put = (text: string) => requireS3(house.store(house.admin), 'forging', { method: 'PUT', path: `/${BUCKET}/foundation.tfstate`, body: text });
const present = async () => (await readObject(house.store(house.key), BUCKET, 'foundation.tfstate'))!;
const PINNED = { proxmox: { source: 'bpg/proxmox', version: pinned.version } };

beforeAll(async () => {
  ensureEngine();
  house = await RealHouse.make();
  for (const [source, version] of [['bpg/proxmox', pinned.version], ['bpg/proxmox', '0.99.0'], ['attacker/evil', '1.0.0']] as const) offer(source, version);
  writeFileSync(join(house.project.home, '.terraformrc'), `provider_installation {\n  filesystem_mirror { path = "${house.project.path('mirror')}" }\n}\n`);
  define({});
  expect(house.run('bootstrap', '--real').output).toContain('the state is in the object store, and only there');
}, BUILD_TIMEOUT_MS);
afterAll(() => house?.remove());

describe('C1: a state that somebody else wrote', () => {
  const EVIL = `provider["${REGISTRY}/attacker/evil"]`;
  let before: Record<string, unknown>;
  beforeAll(async () => void (before = JSON.parse(await present()) as Record<string, unknown>));
  const verbs = [['apply', 'foundation', '--yes'], ['lock', 'foundation'], ['bootstrap', '--real']];

  test('with a foreign provider is refused by its name before init, by every verb, and nothing of it is installed or run', async () => {
    await put(JSON.stringify({ ...before, serial: 99, resources: [{ mode: 'managed', type: 'evil', name: 'x', provider: EVIL, instances: [] }] }));
    for (const verb of verbs) {
      const run = house.run(...verb);
      expect([verb, run.code, run.stderr]).toEqual([verb, 1, expect.stringContaining(`names the provider '${REGISTRY}/attacker/evil', which is none of this house's; Terraform was not run`)]);
    }
    expect(installed()).toEqual([]);
    expect(existsSync(house.project.path('ran'))).toBe(false);
  });

  test('is set aside by its version, and the newest copy put in its place', async () => {
    const [first] = house.run('versions', 'foundation').stdout.split('\n');
    expect(first).toContain(`${REGISTRY}/attacker/evil`);
    const id = /state: (\S+) of/.exec(first!)![1]!;
    expect(house.run('set-aside', 'foundation', 'another-version').stderr).toContain('nothing was changed');
    expect(house.run('set-aside', 'foundation', id).output).toContain('has no present state now');
    expect(house.run('restore', 'foundation').code).toBe(0);
    expect(JSON.parse(await present())).toMatchObject({ lineage: before.lineage, resources: before.resources });
    expect(house.run('run', 'foundation', '--', 'plan').output).toContain('No changes');
  });

  test('of a lineage that no copy knows is refused by name, until its owner says that it is his', async () => {
    await put(JSON.stringify({ ...before, lineage: '99999999-0000-4000-8000-000000000000', serial: 3 }));
    const run = house.run('apply', 'foundation', '--yes');
    expect(run).toMatchObject({ code: 1, stderr: expect.stringMatching(/lineage 99999999-0000-4000-8000-000000000000, serial 3[^]*of a lineage that none of its \d+ copies has; Terraform was not run/) });
    expect(house.run('keep', 'foundation', '99999999:3').code).toBe(0);
    expect(house.run('apply', 'foundation', '--yes').code).toBe(0);
  });
});

describe('providers by checksum', () => {
  afterEach(() => define(PINNED));
  const prepare = () => house.run('run', 'services', '--', 'providers');
  const lock = () => house.read('homelab', `${isTofu ? 'tofu' : 'terraform'}.lock.hcl`);

  test('are written into a file to be committed, for the definition and nothing else', () => {
    mkdirSync(house.project.path('homelab'));
    define(PINNED);
    const run = house.run('lock-providers', '--mirror', house.project.path('mirror'));
    expect(run.output).toContain('commit it');
    expect(lock()).toMatch(/provider "registry\.\S+\/bpg\/proxmox" \{[^}]*version\s+= "0\.111\.1"[^}]*"h1:/);
    expect(prepare().code).toBe(0);
    expect(installed().every((path) => path.includes(`bpg/proxmox/${pinned.version}/`))).toBe(true);
  });

  test.each<[string, Readonly<Record<string, object>>]>([
    ['one that the file does not name', { ...PINNED, evil: { source: 'attacker/evil', version: '1.0.0' } }],
    ['another version than the file names', { proxmox: { source: 'bpg/proxmox', version: '0.99.0' } }],
  ])('no init brings %s, and the file stays as it is', (_what, required) => {
    const before = lock();
    define(required);
    expect(prepare()).toMatchObject({ code: 1, stderr: expect.stringContaining('docs/state/providers.md') });
    expect(house.run('run', 'services', '--', 'init', '-upgrade').code).toBe(1);
    expect(installed().some((path) => /evil|0\.111\.2/.test(path))).toBe(false);
    expect(lock()).toBe(before);
  });

  test('no init brings another content under the same name and version', () => {
    offer('bpg/proxmox', pinned.version, '# changed\n');
    expect(prepare()).toMatchObject({ code: 1, stderr: expect.stringMatching(/a provider is not one of those whose checksums are committed; see docs\/state\/providers\.md/) });
    expect(existsSync(house.project.path('ran'))).toBe(false);
    offer('bpg/proxmox', pinned.version);
    expect(prepare().code).toBe(0);
  });

  test('a committed file with a provider that the definition does not have is refused by name', () => {
    const path = house.project.path('homelab', `${isTofu ? 'tofu' : 'terraform'}.lock.hcl`);
    const before = lock();
    writeFileSync(path, `${before}\nprovider "${REGISTRY}/attacker/evil" {\n  version = "1.0.0"\n}\n`);
    expect(prepare()).toMatchObject({ code: 1, stderr: expect.stringContaining(`${REGISTRY}/attacker/evil 1.0.0 (the definition has no such provider); nothing of them was run`) });
    writeFileSync(path, before);
  });
});
