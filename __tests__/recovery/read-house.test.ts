import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { readHouse } from '../../recovery/house';

let root: string;
beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'read-house-'))));
afterEach(() => rmSync(root, { recursive: true }));

function write(path: string, content: string): string {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  return file;
}

const INVENTORY = 'all:\n  children:\n    metal:\n      hosts:\n        cellar:\n          ansible_host: 192.0.2.10\n';
const PLAY = '- hosts: cellar\n  tasks:\n    - ansible.builtin.import_role:\n        name: zfs_setup\n    - name: look\n      ansible.builtin.command: id\n- hosts: cellar\n';
const STACK = JSON.stringify({
  terraform: { backend: { s3: { endpoints: { s3: 'https://192.0.2.105:9000' } } } },
  resource: {
    proxmox_virtual_environment_container: {
      store: { vm_id: 305, initialization: { hostname: 'store', ip_config: [{ ipv4: { address: '192.0.2.105/24' } }] } },
      notes: { vm_id: 301, start_on_boot: false, initialization: { hostname: 'notes' } },
    },
  },
});

test('the house is what synth wrote: host, roles, guests, the keeper of the state, the token', () => {
  const inventory = write('cdktf.out/ansible/inventories/prod.yml', INVENTORY);
  write('cdktf.out/ansible/playbooks/metal.yml', PLAY);
  write('cdktf.out/ansible/inventories/host_vars/cellar.yml', 'pve_init_api_user: robot@pve\npve_init_api_token: tf\nzfs_setup_pool: vault\n');
  write('cdktf.out/stacks/services/cdk.tf.json', STACK);
  expect(readHouse(root)).toEqual({
    inventory,
    own: true,
    node: 'cellar',
    address: '192.0.2.10',
    roles: ['zfs_setup'],
    guests: [
      { vmid: 301, name: 'notes' },
      { vmid: 305, name: 'store' },
    ],
    startingGuests: [305],
    stateGuest: { vmid: 305, name: 'store', address: '192.0.2.105', port: 9000 },
    pool: 'vault',
    token: 'robot@pve!tf',
  });
});

test("a drill's inventory may come alone: no play, no guests, and the token that the role makes by itself", () => {
  const inventory = write('drill/inventories/drill.yml', INVENTORY);
  write('drill/inventories/host_vars/other.yml', 'pve_init_api_user: robot@pve\n');
  const alone = { inventory, own: false, node: 'cellar', address: '192.0.2.10', roles: undefined, guests: undefined, startingGuests: [], stateGuest: undefined, pool: 'tank', token: 'terraform@pve!iac' };
  expect(readHouse(root, inventory)).toEqual(alone);
  expect(readHouse(root, 'drill/inventories/drill.yml')).toEqual(alone);
});

describe('is refused', () => {
  test('without an inventory, with the way to it', () => {
    expect(() => readHouse(root)).toThrow(`'${join(root, 'cdktf.out/ansible/inventories/prod.yml')}' is not there; write it with: make synth`);
    expect(() => readHouse(root, 'mine.yml')).toThrow(`'${join(root, 'mine.yml')}' is not there; give the path of an inventory`);
  });

  test('its own house without stacks: their guests would not be known', () => {
    write('cdktf.out/ansible/inventories/prod.yml', INVENTORY);
    expect(() => readHouse(root)).toThrow(`'${join(root, 'cdktf.out/stacks')}' is not there; write it with: make synth`);
  });

  test.each([
    ['', 0],
    ['other: {}\n', 0],
    ['all: {}\n', 0],
    ['all:\n  children: {}\n', 0],
    ['all:\n  children:\n    metal: {}\n', 0],
    ['all:\n  children:\n    metal:\n      hosts: {}\n', 0],
    ['all:\n  children:\n    metal:\n      hosts:\n        cellar:\n', 1],
    ['all:\n  children:\n    metal:\n      hosts:\n        cellar: {}\n', 1],
    [`${INVENTORY}        attic:\n          ansible_host: 192.0.2.11\n`, 2],
  ])('an inventory %j, which has %s machines where one is needed', (text, count) => {
    const inventory = write('mine.yml', text);
    expect(() => readHouse(root, inventory)).toThrow(`'${inventory}' must have one machine with an address in the group 'metal', got ${count}; give the path of an inventory`);
  });

  test('a file that is no YAML, by its name', () => {
    const inventory = write('mine.yml', '"');
    expect(() => readHouse(root, inventory)).toThrow(new RegExp(`^'${inventory}' cannot be read: \\S`));
  });
});
