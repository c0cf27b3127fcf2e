import { ROOT } from '../../../rehearsal/node/access';
import { destroyGuest } from '../../../rehearsal/node/guests';
import { blankNode } from '../../../rehearsal/node/load-node';
import type { PveNode } from '../../../rehearsal/node/pve-node';
import { cloneVm, createVm, resizeVmDisk, type VmOrder } from '../../../rehearsal/node/virtual-machine';
import { machine } from '../fixtures/machine';

const order = (vmid: number, patch: Partial<VmOrder> = {}): VmOrder => ({
  vmid, name: `v${vmid}`, template: false, protection: false, onboot: true, description: '', tags: [], memoryMiB: 512, cores: 1, networks: [], agent: true, settings: {},
  disks: [{ slot: 'scsi0', storage: 'tank', sizeGiB: 8, importFrom: '' }],
  ...patch,
});

let node: PveNode;
beforeEach(() => {
  node = blankNode(machine);
  node.storages.push({ ...node.storages[0], id: 'tank', type: 'zfspool', location: 'tank', content: ['images'] });
  createVm(node, ROOT, order(1000, { template: true }));
});

test('a clone has the disks of its template, as large as it asks for', () => {
  const clone = cloneVm(node, ROOT, order(201, { disks: [{ slot: 'scsi0', storage: 'tank', sizeGiB: 12, importFrom: '' }, { slot: 'scsi1', storage: 'tank', sizeGiB: 3, importFrom: '' }] }), { source: 1000, full: true, storage: 'tank' });
  expect(clone.disks).toEqual([{ slot: 'scsi0', volume: 'tank:vm-201-disk-0', sizeGiB: 12 }, { slot: 'scsi1', volume: 'tank:vm-201-disk-1', sizeGiB: 3 }]);
});

test('a template stays as long as a linked clone stands on it', () => {
  const clone = cloneVm(node, ROOT, order(201), { source: 1000, full: false, storage: '' });
  expect(() => destroyGuest(node, ROOT, node.guests[0])).toThrow("base volume 'tank:base-1000-disk-0' is still in use by linked cloned '201'");
  destroyGuest(node, ROOT, clone);
  destroyGuest(node, ROOT, node.guests[0]);
  expect(node.guests).toEqual([]);
});

test('a full clone lets its template go', () => {
  cloneVm(node, ROOT, order(201), { source: 1000, full: true, storage: '' });
  destroyGuest(node, ROOT, node.guests[0]);
  expect(node.guests.map(({ vmid }) => vmid)).toEqual([201]);
});

test.each([
  ['a VMID that is taken', order(1000), { source: 1000, full: true, storage: '' }, 'VM 1000 already exists'],
  ['a source that is not there', order(202), { source: 999, full: true, storage: '' }, '999.conf'],
  ['a smaller disk', order(202, { disks: [{ slot: 'scsi0', storage: 'tank', sizeGiB: 4, importFrom: '' }] }), { source: 1000, full: true, storage: '' }, 'shrinking disks is not supported'],
  ['more than the pool has', order(202, { disks: [{ slot: 'scsi0', storage: 'tank', sizeGiB: 99_999, importFrom: '' }] }), { source: 1000, full: true, storage: '' }, 'out of space'],
])('a clone of %s is refused and leaves nothing behind', (_what, wanted, clone, words) => {
  const before = structuredClone({ guests: node.guests, volumes: node.volumes });
  expect(() => cloneVm(node, ROOT, wanted, clone)).toThrow(words);
  expect({ guests: node.guests, volumes: node.volumes }).toEqual(before);
});

test('a linked clone is one of a template', () => {
  createVm(node, ROOT, order(300));
  expect(() => cloneVm(node, ROOT, order(301), { source: 300, full: false, storage: '' })).toThrow('Linked clone feature is not available');
});

test('the disk of a template does not grow', () => {
  const [template] = node.guests;
  if (template.kind !== 'qemu') throw new Error('the template is a machine');
  expect(() => resizeVmDisk(node, ROOT, template, 'scsi0', 16)).toThrow('Cannot resize tank:base-1000-disk-0 in VM 1000, it is not owned by this VM!');
});

test('a token uses mapped devices, and gives nobody a raw one', () => {
  const token = { authId: 'terraform@pve!iac', root: false, privileges: new Set(['VM.Allocate', 'Datastore.AllocateSpace']) };
  const make = (device: object): unknown => createVm(node, token, order(400, { settings: { hostpci: [device] } }));
  expect(() => make({ device: 'hostpci0', mapping: 'tuner' })).toThrow('/mapping/pci/tuner, Mapping.Use');
  expect(() => make({ device: 'hostpci0', id: '0000:01:00' })).toThrow('only allowed for root@pam');
});
