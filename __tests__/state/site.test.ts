import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { ansibleFolder, authorityPath, hostAddress, hostOf, localState, openSite, privateFolder, readStack, readStoreFacts, s3Block, stackFolder, type Site } from '../../state/site';
import { readGuests, readStateGuest } from '../../state/stacks';

let root: string;
let site: Site;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'site-'));
  site = { kind: 'real', root, base: join(root, '.state') } as Site;
});
afterEach(() => rmSync(root, { recursive: true }));

/** Writes what synth would. */
function emit(path: string, content: unknown): string {
  const file = join(root, 'cdktf.out', path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

const container = (vm_id: number, hostname: string, address?: string, more: object = {}) => ({ vm_id, initialization: { hostname, ...(address && { ip_config: [{ ipv4: { address } }] }) }, ...more });
const stack = (containers: object, s3: string | undefined = 'https://192.0.2.105:9000') => ({
  terraform: { backend: s3 === undefined ? { local: {} } : { s3: { bucket: 'states', key: 'x.tfstate', endpoints: { s3 } } } },
  resource: { proxmox_virtual_environment_container: containers },
});

test('a rehearsal keeps to a folder and to secrets of its own', () => {
  expect(openSite(root, 'rehearsal')).toMatchObject({ kind: 'rehearsal', root, base: join(root, '.state/rehearsal'), secrets: { folder: expect.stringContaining('example') } });
});

test('what belongs to a site lies in its own folders', () => {
  expect([localState(site, 'services'), authorityPath(site), stackFolder(site, 'services'), ansibleFolder(site)]).toEqual([
    join(root, '.state/services.tfstate'),
    join(root, '.state/ca.pem'),
    join(root, 'cdktf.out/stacks/services'),
    join(root, 'cdktf.out/ansible'),
  ]);
});

test('a private folder is made with those above it, for the owner alone, and may be there', () => {
  const folder = join(root, '.state/recovery');
  expect([privateFolder(folder), privateFolder(folder)]).toEqual([folder, folder]);
  expect([folder, dirname(folder)].map((path) => statSync(path).mode & 0o777)).toEqual([0o700, 0o700]);
});

describe('a synthesized stack', () => {
  test('that is not there is refused with the command that writes it', () => {
    expect(() => readStack(site, 'services')).toThrow(`'${join(root, 'cdktf.out/stacks/services/cdk.tf.json')}' is not there; write it with: make synth`);
  });

  test('says where its state is, or is refused', () => {
    emit('stacks/services/cdk.tf.json', stack({}));
    expect(s3Block(site, 'services')).toEqual({ bucket: 'states', key: 'x.tfstate', endpoints: { s3: 'https://192.0.2.105:9000' } });
    const words = "stack 'services' is synthesized without the s3 backend; write it with: HOMELAB_STATE_BACKEND=s3 make synth";
    for (const other of [{ ...stack({}), terraform: { backend: { local: {} } } }, { terraform: {} }, {}]) {
      emit('stacks/services/cdk.tf.json', other);
      expect(() => s3Block(site, 'services')).toThrow(words);
    }
  });
});

test('which guest keeps the state is read, or asked for', () => {
  expect(() => readStoreFacts(site)).toThrow(`'${join(root, 'cdktf.out/ansible/store.json')}' is not there; write it with: make synth`);
  emit('ansible/store.json', { guest: 'minio', role: 'seaweedfs' });
  expect(readStoreFacts(site)).toEqual({ guest: 'minio', role: 'seaweedfs' });
});

describe('the host', () => {
  const inventory = (metal: string) => emit('ansible/inventories/prod.yml', `all:\n  children:\n    metal:\n${metal}`);

  test('is the machine of the group metal', () => {
    inventory('      hosts:\n        pve:\n          ansible_host: 192.0.2.10\n');
    expect([hostOf(site), hostAddress(site)]).toEqual([{ name: 'pve', address: '192.0.2.10' }, '192.0.2.10']);
  });

  test('that nobody wrote down, or without an address, is refused', () => {
    const path = join(root, 'cdktf.out/ansible/inventories/prod.yml');
    expect(() => hostOf(site)).toThrow(`'${path}' is not there; write it with: make synth`);
    for (const metal of ['      hosts: {}\n', '      hosts:\n        pve: {}\n', '      hosts:\n        pve:\n', '      vars: {}\n']) {
      inventory(metal);
      expect(() => hostOf(site)).toThrow(`'${path}' has no machine with an address in the group 'metal'; write it with: make synth`);
    }
    emit('ansible/inventories/prod.yml', 'other: {}\n');
    expect(() => hostOf(site)).toThrow('has no machine with an address');
  });
});

describe('guests of the stacks', () => {
  const folder = () => join(root, 'cdktf.out/stacks');

  test('are all containers of all stacks by VMID, with address and whether they start with the host', () => {
    emit('stacks/services/cdk.tf.json', stack({ n8n: container(102, 'n8n', '192.0.2.102/24', { start_on_boot: false }), off: container(120, 'off') }));
    emit('stacks/foundation/cdk.tf.json', stack({ minio: container(105, 'minio', '192.0.2.105/24') }));
    emit('stacks/empty/cdk.tf.json', {});
    emit('stacks/other/notes.txt', 'no stack');
    const guests = readGuests(folder());
    expect(guests).toEqual([
      { vmid: 102, name: 'n8n', address: '192.0.2.102', startsWithHost: false },
      { vmid: 105, name: 'minio', address: '192.0.2.105', startsWithHost: true },
      { vmid: 120, name: 'off', address: '', startsWithHost: true },
    ]);
    expect(readStateGuest(folder(), guests)).toEqual({ vmid: 105, name: 'minio', address: '192.0.2.105', port: 9000 });
  });

  test.each([
    ['https://192.0.2.105', { vmid: 105, name: 'minio', address: '192.0.2.105', port: 443 }],
    ['https://store.example:9000', undefined],
    [undefined, undefined],
  ])('the state at %s is kept by %j', (endpoint, keeper) => {
    emit('stacks/services/cdk.tf.json', endpoint ? stack({ minio: container(105, 'minio', '192.0.2.105/24'), off: container(120, 'off') }, endpoint) : { ...stack({ off: container(120, 'off') }), terraform: {} });
    expect(readStateGuest(folder(), readGuests(folder()))).toEqual(keeper);
  });
});
