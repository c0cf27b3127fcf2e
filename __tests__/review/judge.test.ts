import { judge, type GuardQuestion, type Verdict } from '../../review/judge';
import type { ResourceChange } from '../../review/plan-json';

type Values = Record<string, unknown> | null;

const change = (
  actions: ResourceChange['change']['actions'],
  before: Values,
  after: Values,
  type = 'proxmox_virtual_environment_container',
): ResourceChange => ({ address: `${type}.n8n`, type, change: { actions, before, after } });

const n8n = { vm_id: 102, started: true, disk: [{ size: 8 }], memory: [{ dedicated: 512 }], mount_point: [] };
const VM = 'proxmox_virtual_environment_vm';

const judged = (changes: ResourceChange[], question: Partial<GuardQuestion> = {}): Verdict =>
  judge({ plan: { resource_changes: changes }, guests: [], allow: [], reboots: 0, ...question });
const rules = (verdict: Verdict): string[] => verdict.refusals.map((refusal) => refusal.rule);

test('a plan that only creates and updates passes', () => {
  const verdict = judged([
    change(['create'], null, n8n),
    change(['update'], n8n, { ...n8n, disk: [{ size: 10 }], description: 'new' }),
    change(['no-op'], n8n, n8n),
    change(['delete'], { id: 'x' }, null, 'local_file'),
  ]);
  expect(verdict.refusals).toEqual([]);
});

describe('a guest is not lost without being named', () => {
  test.each([
    [['delete'] as const, 'destroys-guest', 'this would destroy the container 102'],
    [['delete', 'create'] as const, 'replaces-guest', 'this would destroy and create anew the container 102'],
    [['create', 'delete'] as const, 'replaces-guest', 'this would destroy and create anew the container 102'],
  ])('%j is refused by %s', (actions, rule, words) => {
    const [refusal] = judged([change([...actions], { ...n8n, protection: true, mount_point: [{}] }, n8n)]).refusals;
    expect(refusal).toMatchObject({ rule, vmid: 102, problem: expect.stringContaining(words) });
    expect(refusal.problem).toContain('it is protected, it has 1 mount point, its root disk exists only once');
    expect(refusal.remedy).toContain("--allow 'proxmox_virtual_environment_container.n8n'");
  });

  test('a virtual machine counts as well, of any type of the provider', () => {
    for (const type of [VM, 'proxmox_cloned_vm']) expect(rules(judged([change(['delete'], { id: '300' }, null, type)]))).toEqual(['destroys-guest']);
  });
});

describe('a foreign guest is not adopted', () => {
  const guests = [{ vmid: 102, type: 'qemu', name: 'holiday-photos' }];

  test('a creation on a taken VMID is refused and names the guest that has it', () => {
    const [refusal] = judged([change(['create'], null, n8n)], { guests }).refusals;
    expect(refusal).toMatchObject({ rule: 'adopts-guest', vmid: 102 });
    expect(refusal.problem).toContain('taken by holiday-photos (qemu)');
    expect(refusal.remedy).toContain("terraform import 'proxmox_virtual_environment_container.n8n' NODE/102");
  });

  test('a replacement that moves to a taken VMID is refused for it too', () => {
    expect(rules(judged([change(['delete', 'create'], { ...n8n, vm_id: 101 }, n8n)], { guests }))).toEqual(['replaces-guest', 'adopts-guest']);
  });

  test('a replacement on its own VMID, or a VMID the node chooses, is no adoption', () => {
    expect(rules(judged([change(['delete', 'create'], n8n, n8n)], { guests }))).toEqual(['replaces-guest']);
    expect(rules(judged([change(['create'], null, { ...n8n, vm_id: undefined })], { guests }))).toEqual([]);
  });
});

describe('a disk is not made smaller', () => {
  const disk = (size: number, slot = 'scsi0'): Record<string, unknown> => ({ interface: slot, size });
  test.each<[string, ResourceChange, string]>([
    ['the root disk', change(['update'], n8n, { ...n8n, disk: [{ size: 4 }] }), 'root disk of container 102 from 8G to 4G'],
    [
      'a mount point',
      change(['update'], { ...n8n, mount_point: [{ path: '/data', size: '1T' }] }, { ...n8n, mount_point: [{ path: '/data', size: '900G' }] }),
      'mount point /data of container 102 from 1T to 900G',
    ],
    ['a disk of a virtual machine', change(['update'], { vm_id: 300, disk: [disk(10)] }, { vm_id: 300, disk: [disk(8)] }, VM), 'disk scsi0 of virtual machine 300 from 10G to 8G'],
    [
      'a disk that is taken away',
      change(['update'], { vm_id: 300, disk: [disk(10), disk(5, 'scsi1')] }, { vm_id: 300, disk: [disk(10)] }, VM),
      'disk scsi1 of virtual machine 300 from 5G to nothing',
    ],
  ])('%s', (_what, planned, words) => {
    const [refusal] = judged([planned], { reboots: 9 }).refusals;
    expect(refusal.rule).toBe('shrinks-disk');
    expect(refusal.problem).toContain(words);
  });

  test('another path at the same volume is not a lost disk', () => {
    const mount = { path: '/a', size: '1G', volume: 'tank:subvol-102-disk-1' };
    const verdict = judged([change(['update'], { ...n8n, mount_point: [mount] }, { ...n8n, mount_point: [{ ...mount, path: '/b' }] })], { reboots: 1 });
    expect(verdict.refusals).toEqual([]);
  });
});

describe('no more guests are restarted than announced', () => {
  const more = change(['update'], n8n, { ...n8n, memory: [{ dedicated: 1024 }] });
  const other = { ...more, address: 'proxmox_virtual_environment_container.other' };

  test('one is refused when none was announced, and its cause is told', () => {
    const [refusal] = judged([more]).refusals;
    expect(refusal.rule).toBe('restarts-guest');
    expect(refusal.problem).toContain('because of memory; 1 would be restarted, 0 announced');
    expect(refusal.remedy).toContain('--reboots 1');
  });

  test('as many as announced pass, one more refuses all of them', () => {
    expect(rules(judged([more], { reboots: 1 }))).toEqual([]);
    expect(rules(judged([more, other], { reboots: 1 }))).toEqual(['restarts-guest', 'restarts-guest']);
  });

  test('a guest that is stopped, or is to be, restarts nobody', () => {
    const stopped = { ...more, change: { ...more.change, before: { ...n8n, started: false } } };
    const stopping = { ...more, change: { ...more.change, after: { ...more.change.after, started: false } } };
    expect(judged([stopped, stopping]).refusals).toEqual([]);
  });

  test('a virtual machine that is not restarted after an update is not counted', () => {
    const patient = { vm_id: 300, memory: [{ dedicated: 1 }], reboot_after_update: false };
    expect(judged([change(['update'], patient, { ...patient, memory: [{ dedicated: 2 }] }, VM)]).reboots.size).toBe(0);
  });
});

test('a storage or a zpool is not removed', () => {
  for (const type of ['proxmox_storage_zfspool', 'proxmox_virtual_environment_storage_nfs', 'proxmox_node_disk_zfs']) {
    expect(rules(judged([change(['delete'], { id: 'tank' }, null, type)]))).toEqual(['removes-storage']);
  }
});

test('an allowed address passes, alone; one that the plan does not change is reported', () => {
  const gone = change(['delete'], n8n, null);
  const other = { ...gone, address: 'proxmox_virtual_environment_container.other' };
  const verdict = judged([gone, other], { allow: [gone.address, 'proxmox_virtual_environment_container.misspelled'] });
  expect(verdict.refusals.map((refusal) => refusal.address)).toEqual([other.address]);
  expect(verdict.unused).toEqual(['proxmox_virtual_environment_container.misspelled']);
});
