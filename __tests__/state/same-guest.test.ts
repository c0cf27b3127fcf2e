import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Refusal, WrongUsage } from '../../common/refusal';
import type { HouseStack } from '../../state/commands/house';
import { requireSameGuest } from '../../state/commands/same-guest';

const CONTAINER = 'proxmox_virtual_environment_container.n8n';
const guests = [
  { vmid: 102, type: 'lxc', name: 'n8n' },
  { vmid: 103, type: 'lxc', name: 'photos' },
  { vmid: 104, type: 'lxc' },
  { vmid: 300, type: 'qemu', name: 'windows' },
];
let root: string;
let house: HouseStack;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'same-guest-'));
  const write = (folder: string, file: string, text: string): void => {
    mkdirSync(join(root, folder), { recursive: true });
    writeFileSync(join(root, folder, file), text);
  };
  const resource = {
    proxmox_virtual_environment_container: { n8n: { vm_id: 102, initialization: { hostname: 'n8n' } }, listed: { vm_id: 103, initialization: [{ hostname: 'listed' }] }, nameless: { vm_id: 104 } },
    proxmox_virtual_environment_vm: { windows: { vm_id: 300, name: 'windows' } },
    proxmox_storage_zfspool: { tank: { id: 'tank' } },
  };
  write('cdktf.out/stacks/services', 'cdk.tf.json', JSON.stringify({ resource }));
  write('cdktf.out/stacks/foundation', 'cdk.tf.json', '{}');
  house = { stack: 'services', site: { kind: 'real', root } } as HouseStack;
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

const ask = (...words: string[]) => () => requireSameGuest(house, words, () => guests);

test.each([
  [CONTAINER, 'pve/102'],
  ['proxmox_virtual_environment_vm.windows', 'pve/300'],
  ['proxmox_virtual_environment_container.nameless', 'pve/104'],
  ['proxmox_storage_zfspool.tank', 'tank'],
])('%s may be imported as %s', (address, id) => expect(ask(address, id)).not.toThrow());

test.each([
  [CONTAINER, 'pve/103', "guest pve/103 is 'photos' on the host, and proxmox_virtual_environment_container.n8n is 102 'n8n'"],
  [CONTAINER, 'pve/999', "guest pve/999 is not there on the host, and proxmox_virtual_environment_container.n8n is 102 'n8n'"],
  ['proxmox_virtual_environment_container.listed', 'pve/103', "guest pve/103 is 'photos' on the host, and proxmox_virtual_environment_container.listed is 103 'listed'"],
  ['proxmox_virtual_environment_container.listed', 'pve/104', "guest pve/104 is '' on the host"],
  ['proxmox_virtual_environment_container.nameless', 'pve/102', "proxmox_virtual_environment_container.nameless is 104 ''"],
])('%s is not imported as %s, since the next apply would rewrite it', (address, id, words) => {
  expect(ask(address, id)).toThrow(Refusal);
  expect(ask(address, id)).toThrow(words);
  expect(ask(address, id)).toThrow('; nothing was imported, since the next apply would rewrite it\n  import a guest under its own VMID and name, or correct the definition');
});

test.each([['proxmox_virtual_environment_container.other'], ['null_resource.n8n']])('%s, which is not in the definition, is refused', (address) => {
  expect(ask(address, 'pve/102')).toThrow(`'${address}' is not in the definition of 'services'; nothing was imported\n  add it to the definition, then: make synth`);
});

test('the host is asked for its guests only when a guest is imported', () => {
  const nobody = () => {
    throw new Error('nobody is there to be asked');
  };
  expect(() => requireSameGuest(house, ['proxmox_storage_zfspool.tank', 'tank'], nobody)).not.toThrow();
  expect(() => requireSameGuest(house, [CONTAINER, 'pve/102'], nobody)).toThrow('nobody is there');
});

test('a stack without resources has nothing to import', () => {
  house = { ...house, stack: 'foundation' };
  expect(ask(CONTAINER, 'pve/102')).toThrow("is not in the definition of 'foundation'");
});

test.each([[[]], [[CONTAINER]], [['n8n', 'pve/102']], [[CONTAINER, 'pve/102', 'more']], [[`module.x.${CONTAINER}`, 'pve/102']], [['', '']]])('%j is no import', (words) => {
  expect(ask(...words)).toThrow(WrongUsage);
  expect(ask(...words)).toThrow('say what to import: ./house state run services -- import ADDRESS ID');
});
