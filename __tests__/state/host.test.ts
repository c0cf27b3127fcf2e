import { hostChanges, type HostContents } from '../../state/host';

const guest = (vmid: number, name: string, status = 'running') => ({ vmid, type: 'lxc', name, status });
const before: HostContents = { guests: [guest(110, 'git'), guest(102, 'n8n')], disks: ['tank', 'tank/subvol-102-disk-0', 'rpool/data/vm-110-disk-1'] };

test('a host that is as it was has no changes, in whatever order it lists what it has', () => {
  expect(hostChanges(before, { guests: [...before.guests].reverse(), disks: [...before.disks].reverse() })).toEqual([]);
});

test('a guest that came, went, stopped, or has another name or type is told, by VMID', () => {
  const after = { ...before, guests: [guest(102, 'n8n', 'stopped'), guest(9, 'new'), { vmid: 111, type: 'qemu' }] };
  expect(hostChanges(before, after)).toEqual([
    { vmid: 9, words: "guest 9 was not there and is now 'new' (lxc, running)" },
    { vmid: 102, words: "guest 102 was 'n8n' (lxc, running) and is now 'n8n' (lxc, stopped)" },
    { vmid: 110, words: "guest 110 was 'git' (lxc, running) and is now not there" },
    { vmid: 111, words: "guest 111 was not there and is now '' (qemu, of unknown status)" },
  ]);
});

test('disks that came or went are told, with the guest whose they are by their name', () => {
  const after = { ...before, disks: ['tank', 'tank/subvol-102-disk-0', 'tank/base-900-disk-0', 'tank/basevol-901-disk-0', 'tank/media', 'tank/vm-disk-7'] };
  expect(hostChanges(before, after)).toEqual([
    { vmid: 900, words: 'disk tank/base-900-disk-0 appeared' },
    { vmid: 901, words: 'disk tank/basevol-901-disk-0 appeared' },
    { vmid: null, words: 'disk tank/media appeared' },
    { vmid: null, words: 'disk tank/vm-disk-7 appeared' },
    { vmid: 110, words: 'disk rpool/data/vm-110-disk-1 went' },
  ]);
});
