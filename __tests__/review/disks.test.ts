import type { ResourceChange } from '../../review/plan-json';
import { change, CONTAINER, judged, machine, n8n, rules, update, VM } from './plans';

const volume = { path: '/data', size: '1T', volume: 'tank:subvol-102-disk-1' };
const mounted = { ...n8n, mount_point: [volume] };
const mounts = (...mount_point: Record<string, unknown>[]): ResourceChange => change(['update'], mounted, { ...mounted, mount_point });
const root = (disk: Record<string, unknown>[], more = {}): ResourceChange => update({ disk }, more);
const slots = (...disk: Record<string, unknown>[]): ResourceChange => change(['update'], machine, { ...machine, disk }, { type: VM });
const [scsi0, scsi1] = machine.disk;

test.each<[string, ResourceChange, string, string]>([
  ['a smaller root disk', root([{ datastore_id: 'tank', size: 4 }]), 'shrinks-disk', 'root disk from 8G to 4G'],
  ['a root disk without a size', root([{ datastore_id: 'tank' }]), 'shrinks-disk', 'root disk from 8G to an unknown size'],
  ['a root disk whose size is only known after apply', root([{ datastore_id: 'tank' }], { unknown: { disk: [{ size: true }] } }), 'shrinks-disk', 'from 8G to an unknown size'],
  ['a size that is no size', root([{ datastore_id: 'tank', size: 'big' }]), 'shrinks-disk', 'from 8G to big'],
  ['no root disk', root([]), 'removes-disk', 'the root disk (8G)'],
  ['a root disk elsewhere', root([{ datastore_id: 'local-lvm', size: 8 }]), 'moves-disk', 'datastore_id tank -> local-lvm'],
  ['a root disk whose place is only known after apply', root([{ size: 8 }], { unknown: { disk: [{ datastore_id: true }] } }), 'moves-disk', 'datastore_id tank -> (known after apply)'],
  ['a smaller mount point', mounts({ ...volume, size: '900G' }), 'shrinks-disk', 'mount point /data from 1T to 900G'],
  ['a mount point of 1010G where there was 1T of 1024G', mounts({ ...volume, size: '1010G' }), 'shrinks-disk', 'from 1T to 1010G'],
  ['no mount point', mounts(), 'removes-disk', 'the mount point /data (1T)'],
  ['another volume at the same path', mounts({ ...volume, volume: 'tank:subvol-102-disk-9' }), 'moves-disk', 'volume tank:subvol-102-disk-1 -> tank:subvol-102-disk-9'],
  ['a new, empty volume at the same path', mounts({ ...volume, volume: 'tank' }), 'moves-disk', '-> tank,'],
  ['a volume that is only known after apply', mounts({ path: '/data', size: '1T' }), 'moves-disk', 'volume tank:subvol-102-disk-1 -> nothing'],
  ['the volume at another path', mounts({ ...volume, path: '/other' }), 'moves-disk', 'mount point /data to /other, with its volume'],
  ['a smaller disk of a machine', slots({ ...scsi0, size: 8 }, scsi1), 'shrinks-disk', 'disk scsi0 from 10G to 8G'],
  ['a disk less of a machine', slots(scsi0), 'removes-disk', 'disk scsi1 (5G)'],
  ['a disk of a machine elsewhere', slots({ ...scsi0, datastore_id: 'local' }, scsi1), 'moves-disk', 'disk scsi0: datastore_id tank -> local'],
  ['a disk of a machine from another image', slots({ ...scsi0, import_from: 'local:import/x.qcow2' }, scsi1), 'moves-disk', 'import_from nothing -> local:import/x.qcow2'],
])('%s is refused', (_what, planned, rule, text) => {
  const { objections } = judged([planned], { restarts: 9 });
  expect(objections).toMatchObject([{ rule, severity: 'loss', problem: expect.stringContaining(text), remedy: expect.stringContaining(`--allow '${rule}:`) }]);
});

test('G21: paths of two volumes that are swapped are refused twice', () => {
  const other = { path: '/other', size: '1T', volume: 'tank:subvol-102-disk-2' };
  const swapped = change(['update'], { ...n8n, mount_point: [volume, other] }, { ...n8n, mount_point: [{ ...volume, path: '/other' }, { ...other, path: '/data' }] });
  expect(rules(judged([swapped], { restarts: 1 }))).toEqual(['moves-disk', 'moves-disk']);
});

test.each<[string, ResourceChange]>([
  ['a larger root disk', root([{ datastore_id: 'tank', size: 16 }])],
  ['a larger mount point, spelled otherwise', mounts({ ...volume, size: '1025G' })],
  ['the same size, spelled otherwise', mounts({ ...volume, size: '1024G' })],
  ['one mount point more', mounts(volume, { path: '/more', size: '1G', volume: 'tank' })],
  ['mount points in another order', mounts({ path: '/more', size: '1G', volume: 'tank' }, volume)],
  ['a larger disk and one more of a machine', slots({ ...scsi0, size: 20 }, scsi1, { interface: 'scsi2', size: 1 })],
])('%s passes', (_what, planned) => {
  expect(rules(judged([planned], { restarts: 9 }))).toEqual([]);
});

test('EFI variables and the keys of a TPM are disks', () => {
  const secured = { ...machine, efi_disk: [{ datastore_id: 'tank' }], tpm_state: [{ datastore_id: 'tank', version: 'v2.0' }] };
  const bare = change(['update'], secured, machine, { type: VM });
  const moved = change(['update'], secured, { ...secured, tpm_state: [{ datastore_id: 'tank', version: 'v1.2' }] }, { type: VM });
  expect(rules(judged([bare], { restarts: 1 }))).toEqual(['removes-disk', 'removes-disk']);
  expect(rules(judged([moved], { restarts: 1 }))).toEqual(['moves-disk']);
});

test.each<[string, Record<string, unknown>[], Record<string, unknown>[]]>([
  ['device_passthrough', [{ path: '/dev/dri/renderD128' }], []],
  ['hostpci', [{ device: 'hostpci0' }], []],
  ['usb', [{ host: '1234:abcd' }, { mapping: 'key' }], [{ host: '1234:abcd' }]],
  ['virtiofs', [{ mapping: 'share' }], [{ mapping: 'other' }]],
])('a device (%s) is not taken from a guest that uses it', (block, was, is) => {
  const [guest, type] = block === 'device_passthrough' ? [n8n, CONTAINER] : [machine, VM];
  const planned = (before: unknown, after: unknown) => change(['update'], { ...guest, [block]: before }, { ...guest, [block]: after }, { type });
  expect(rules(judged([planned(was, is)], { restarts: 1 }))).toEqual(['removes-device']);
  expect(rules(judged([planned(is, [...is, ...was])], { restarts: 1 }))).toEqual([]);
});
