import { disagreements, type PlannedChanges } from '../../recovery/agreement';

const guest = (name: string, vmid: number, actions: string[], more: object = {}) => ({
  address: `proxmox_virtual_environment_container.${name}`,
  type: 'proxmox_virtual_environment_container',
  change: { actions, after: { vm_id: vmid, ...more } },
});
const known = { values: { root_module: { resources: [{ mode: 'managed' }] } } };
const plan = (changes: ReturnType<typeof guest>[], prior: PlannedChanges['prior_state'] = known): PlannedChanges => ({ prior_state: prior, resource_changes: changes });
const NOTHING = { guests: [], disks: [] };

test('a plan that changes nothing agrees', () => {
  expect(disagreements('services', plan([guest('notes', 301, ['no-op'])]), { guests: [301], disks: ['tank/subvol-301-disk-0'] })).toEqual([]);
});

test('a guest that never was may be made', () => {
  expect(disagreements('services', plan([guest('new', 310, ['create'])]), { guests: [301], disks: ['tank/subvol-3100-disk-0', 'tank/subvol-301-disk-0'] })).toEqual([]);
});

test('an empty state while guests exist is told as such, once', () => {
  const changes = [guest('notes', 301, ['create']), guest('mail', 302, ['create'])];
  const reasons = disagreements('services', plan(changes, {}), { guests: [301, 302], disks: [] });
  expect(reasons).toEqual([expect.stringMatching(/state of 'services' is empty.*\(301, 302\).*npm run state -- copies services/)]);
});

test('an empty state on an empty host agrees: that is a house being built', () => {
  expect(disagreements('services', plan([guest('notes', 301, ['create'])], {}), NOTHING)).toEqual([]);
});

test.each(['tank/subvol-301-disk-0', 'tank/subvol-301-disk-1', 'tank/vm-301-disk-0'])('a guest whose configuration is missing, but whose disk %s is there, is not made', (disk) => {
  const reasons = disagreements('services', plan([guest('notes', 301, ['create'])]), { guests: [], disks: [disk] });
  expect(reasons).toEqual([expect.stringContaining(`a new, empty disk beside ${disk}`)]);
});

test('a guest that is replaced is one that is made', () => {
  expect(disagreements('services', plan([guest('notes', 301, ['delete', 'create'])]), { guests: [301], disks: [] })).toHaveLength(1);
});

test('a template holds no data and may be made beside the rest of the old one', () => {
  expect(disagreements('foundation', plan([guest('template', 1000, ['create'], { template: true })]), { guests: [], disks: ['tank/base-1000-disk-0'] })).toEqual([]);
});
