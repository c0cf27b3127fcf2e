import { authenticate, ROOT, type Caller } from '../../../rehearsal/node/access';
import { changeContainer, createContainer, resizeRootfs, type ContainerOrder } from '../../../rehearsal/node/container';
import { download } from '../../../rehearsal/node/download';
import { destroyGuest, findGuest } from '../../../rehearsal/node/guests';
import { blankNode } from '../../../rehearsal/node/load-node';
import { createPool, deletePool, addMember } from '../../../rehearsal/node/pool';
import type { PveNode } from '../../../rehearsal/node/pve-node';
import { defineStorage, promisedGiB } from '../../../rehearsal/node/storage';
import { addVmDisk, createVm, resizeVmDisk } from '../../../rehearsal/node/virtual-machine';
import { machine } from '../fixtures/machine';

const SECRET = '00000000-0000-4000-8000-000000000000';

let node: PveNode;
let caller: Caller;

beforeEach(() => {
  node = blankNode(machine);
  caller = authenticate(node, `terraform@pve!rehearsal=${SECRET}`);
  defineStorage(node, ROOT, {
    id: 'tank',
    type: 'zfspool',
    location: 'tank',
    content: ['images', 'rootdir'],
    nodes: [],
    disable: false,
    shared: false,
    settings: {},
  });
  node.volumes.push({ volid: 'local:vztmpl/debian.tar.zst', storage: 'local', content: 'vztmpl', sizeGiB: 0.1 });
});

const order = (changes: Partial<ContainerOrder> = {}): ContainerOrder => ({
  vmid: 102,
  name: 'n8n',
  template: false,
  protection: false,
  onboot: true,
  unprivileged: true,
  description: '',
  tags: [],
  cores: 1,
  memoryMiB: 512,
  swapMiB: 0,
  ostype: 'debian',
  ostemplate: 'local:vztmpl/debian.tar.zst',
  features: {},
  rootfs: { volume: 'tank:8', size: '', path: '', settings: {} },
  mounts: [],
  networks: [{ name: 'eth0', bridge: 'vmbr0', mac: '', ip: '', gateway: '', ip6: '', gateway6: '', settings: {} }],
  devices: [],
  nameserver: '',
  searchdomain: '',
  settings: {},
  start: true,
  pool: '',
  ...changes,
});
const rootfs = (volume: string): Partial<ContainerOrder> => ({ rootfs: { volume, size: '', path: '', settings: {} } });
const bridge = (name: string): Partial<ContainerOrder> => ({ networks: [{ ...order().networks[0], bridge: name }] });
const mount = (volume: string): Partial<ContainerOrder> => ({ mounts: [{ volume, size: '', path: '/data', settings: {} }] });

describe('a container is not created', () => {
  test.each<[string, Partial<ContainerOrder>, string]>([
    ['on an unknown storage', rootfs('ghost:8'), "storage 'ghost' does not exist"],
    ['larger than the pool', rootfs('tank:901'), "zfs error: cannot create 'tank/subvol-102-disk-0': out of space"],
    ['on a storage for other content', rootfs('local:8'), "storage 'local' does not support content-type 'rootdir'"],
    ['on an unknown bridge', bridge('vmbr9'), "bridge 'vmbr9' does not exist"],
    ['from a missing template', { ostemplate: 'local:vztmpl/none.tar.zst' }, "volume 'local:vztmpl/none.tar.zst' does not exist"],
    ['in an unknown pool', { pool: 'ghosts' }, "pool 'ghosts' does not exist"],
    ['with a volume that is not there', mount('tank:subvol-9-disk-0'), "volume 'tank:subvol-9-disk-0' does not exist"],
    ['privileged by a token', { unprivileged: false }, 'Permission check failed (/, Sys.Modify)'],
    ['with a bind mount by a token', mount('/srv/media'), 'mount point type bind is only allowed for root@pam'],
    ['with a device by a token', { devices: [{ path: '/dev/kvm' }] }, 'configuring device passthrough is only allowed for root@pam'],
    ['with keyctl by a token', { features: { keyctl: 1 } }, 'changing feature flags (except nesting) is only allowed for root@pam'],
    ['with a hook script by a token', { settings: { hookscript: 'local:snippets/x' } }, 'changing the hookscript is only allowed for root@pam'],
  ])('%s', (_why, changes, words) => {
    expect(() => createContainer(node, caller, order(changes))).toThrow(words);
    expect(node.guests).toEqual([]);
    expect(node.volumes.filter((volume) => volume.vmid === 102)).toEqual([]);
  });

  test('on a VMID that a container or a virtual machine has', () => {
    createContainer(node, caller, order());
    expect(() => createContainer(node, caller, order())).toThrow(
      "unable to create CT 102 - CT 102 already exists on node 'pve'",
    );
    expect(() => createVm(node, caller, vm(102))).toThrow("unable to create VM 102 - CT 102 already exists on node 'pve'");
  });
});

const vm = (vmid: number): Parameters<typeof createVm>[2] => ({
  vmid,
  name: 'template',
  template: true,
  protection: false,
  onboot: false,
  description: '',
  tags: [],
  memoryMiB: 1024,
  cores: 1,
  networks: [],
  agent: true,
  settings: {},
  disks: [{ slot: 'scsi0', storage: 'tank', sizeGiB: 8, importFrom: '' }],
});

test.each([
  ['VM.Allocate', '/vms/102'],
  ['Datastore.AllocateSpace', '/storage/tank'],
  ['SDN.Use', '/sdn/zones/localnetwork/vmbr0'],
  ['VM.PowerMgmt', '/vms/102'],
])('a token without %s is told so with the path %s', (privilege, path) => {
  const poor: Caller = { ...caller, privileges: new Set([...caller.privileges].filter((name) => name !== privilege)) };
  expect(() => createContainer(node, poor, order())).toThrow(`Permission check failed (${path}, ${privilege})`);
});

test('a download needs Sys.AccessNetwork, or Sys.Audit with Sys.Modify', () => {
  const file = { url: 'https://images.example.org/a', storage: 'local', content: 'vztmpl', fileName: 'a' };
  const without = new Set([...caller.privileges].filter((name) => name !== 'Sys.AccessNetwork'));
  expect(() => download(node, { ...caller, privileges: without }, file)).toThrow(
    'Permission check failed (/nodes/pve, Sys.AccessNetwork)',
  );
  download(node, { ...caller, privileges: new Set([...without, 'Sys.Audit', 'Sys.Modify']) }, file);
  expect(() => download(node, caller, file)).toThrow("refusing to override existing file 'a'");
});

test('a token with a wrong secret, or none of the node, is not let in', () => {
  expect(() => authenticate(node, 'terraform@pve!rehearsal=wrong')).toThrow('invalid token value!');
  expect(() => authenticate(node, `nobody@pve!x=${SECRET}`)).toThrow("no such token 'x' for user 'nobody@pve'");
});

test('disks grow but never shrink', () => {
  createContainer(node, caller, order());
  resizeRootfs(node, caller, 102, '10G');
  expect(() => resizeRootfs(node, caller, 102, '9G')).toThrow('unable to shrink disk size');
  const made = createVm(node, caller, vm(1000));
  expect(() => resizeVmDisk(node, caller, made, 'scsi0', 4)).toThrow('shrinking disks is not supported');
  expect(promisedGiB(node, node.disks[1])).toBe(18);
  expect(() => addVmDisk(node, caller, made, { slot: 'scsi1', storage: 'tank', sizeGiB: 900, importFrom: '' })).toThrow('out of space');
});

test('a protected or running guest is not destroyed, and a change of nothing is refused', () => {
  createContainer(node, caller, order({ protection: true }));
  const guest = findGuest(node, 'lxc', 102);
  expect(() => destroyGuest(node, caller, guest)).toThrow("can't remove CT 102 - protection mode enabled");
  guest.protection = false;
  expect(() => destroyGuest(node, caller, guest)).toThrow('CT 102 is running');
  expect(() => changeContainer(node, caller, 102, {})).toThrow('no options specified');
});

test('a pool with members is not deleted', () => {
  createContainer(node, caller, order());
  caller = { ...caller, privileges: new Set([...caller.privileges, 'Pool.Allocate']) };
  createPool(node, caller, 'lab', '');
  addMember(node, caller, 'lab', 102);
  expect(() => deletePool(node, caller, 'lab')).toThrow("delete pool failed: pool 'lab' is not empty");
});

test('the nth guest fails on every attempt, and only that one', () => {
  node.faults = [{ nthGuest: 2, reason: 'got timeout' }];
  createContainer(node, caller, order({ vmid: 100 }));
  for (const _attempt of [1, 2]) expect(() => createContainer(node, caller, order({ vmid: 101 }))).toThrow('got timeout');
  createContainer(node, caller, order({ vmid: 103 }));
  expect(node.guests.map((guest) => guest.vmid)).toEqual([100, 103]);
});
