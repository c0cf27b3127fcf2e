import { change, CONTAINER, judged, machine, n8n, rules, VM, words } from './plans';

const created = change(['create'], null, n8n);
const photos = { vmid: 102, type: 'qemu', name: 'holiday-photos', status: 'running' };

describe('a foreign guest is not adopted', () => {
  test('a creation on a taken VMID is refused, names the guest that has it, and offers no permission', () => {
    const [objection] = judged([created], { guests: [photos] }).objections;
    expect(objection).toMatchObject({ rule: 'adopts-guest', vmid: 102, severity: 'loss' });
    expect(objection.problem).toContain('taken by holiday-photos (qemu, running), which this state does not know');
    expect(objection.remedy).not.toMatch(/allow|import/);
    expect(() => judged([created], { guests: [photos], allow: [`adopts-guest:${CONTAINER}.n8n`] })).toThrow('cannot be allowed');
  });

  test('one of the planned name may be left by an interrupted run: it is brought in', () => {
    const left = { ...photos, type: 'lxc', name: 'n8n' };
    expect(words(judged([created], { guests: [left], stack: 'services' }))).toContain(`./house state run services -- import ${CONTAINER}.n8n NODE/102`);
  });

  test('a replacement that moves to a taken VMID is refused for it too', () => {
    const moved = change(['delete', 'create'], { ...n8n, vm_id: 101 }, n8n);
    expect(rules(judged([moved], { guests: [photos] }))).toEqual(['replaces-guest', 'adopts-guest']);
  });

  test('a replacement on its own VMID is no adoption', () => {
    expect(rules(judged([change(['delete', 'create'], n8n, n8n)]))).toEqual(['replaces-guest']);
  });

  test('a guest that the same plan removes is still there while the other is made', () => {
    const swap = [
      change(['delete', 'create'], n8n, { ...n8n, vm_id: 103 }),
      change(['delete', 'create'], { ...n8n, vm_id: 103 }, n8n, { name: 'gitea' }),
    ];
    const guests = [photos, { ...photos, vmid: 103 }];
    const verdict = judged(swap, { guests, allow: ['replaces-guest:102', 'replaces-guest:103'] });
    expect(rules(verdict)).toEqual(['recycled-guest', 'adopts-guest', 'recycled-guest', 'adopts-guest']);
    expect(words(verdict)).toContain(`which is ${CONTAINER}.gitea until this plan is done`);
  });

  test('one that the state knows under another address is said to be known', () => {
    const known = [created, change(['no-op'], n8n, n8n, { name: 'workflows' })];
    expect(words(judged(known))).toContain('which this state knows under another address');
  });
});

describe('a VMID is one guest', () => {
  test.each([
    ['only known after apply', { ...n8n, vm_id: undefined }, { vm_id: true }],
    ['not written', { ...n8n, vm_id: null }, {}],
  ])('%s is refused: it may be anybody\'s', (_what, after, unknown) => {
    const verdict = judged([change(['create'], null, after, { unknown })]);
    expect(verdict.objections).toMatchObject([{ rule: 'unknown-vmid', severity: 'loss' }]);
    expect(() => judged([], { allow: ['unknown-vmid:x'] })).toThrow('cannot be allowed');
  });

  test('a replacement whose VMID is only known after apply is refused for it too', () => {
    const verdict = judged([change(['delete', 'create'], n8n, { ...n8n, vm_id: undefined }, { unknown: { vm_id: true } })]);
    expect(rules(verdict)).toEqual(['replaces-guest', 'unknown-vmid']);
  });

  test('G22: two creations on one are refused, both of them', () => {
    const two = [created, change(['create'], null, { ...machine, vm_id: 102 }, { type: VM, name: 'twin' })];
    const { objections } = judged(two, { guests: [] });
    expect(objections.map(({ rule, address }) => [rule, address])).toEqual([
      ['doubles-vmid', `${CONTAINER}.n8n`],
      ['doubles-vmid', `${VM}.twin`],
    ]);
  });
});

describe('a disk without a configuration is data', () => {
  const host = (...disks: string[]) => ({ host: { guests: [], disks } });

  test.each(['tank/subvol-102-disk-0', 'tank/subvol-102-disk-1', 'tank/vm-102-disk-0', 'tank/base-102-disk-0', 'tank/basevol-102-disk-0'])('%s is not given an empty sister', (disk) => {
    const verdict = judged([created], host('tank', 'tank/subvol-1020-disk-0', 'tank/subvol-10-disk-2', disk));
    expect(verdict.objections).toMatchObject([{ rule: 'doubles-disk', problem: expect.stringContaining(`a new, empty disk beside ${disk}`) }]);
    expect(words(verdict)).toContain("make rebuild ARGS='--only guests'");
  });

  test('disks of others, and datasets of services, stand in nobody\'s way', () => {
    expect(rules(judged([created], host('tank/subvol-1020-disk-0', 'tank/data/n8n', 'tank/vm-102-cloudinit')))).toEqual([]);
  });

  test('a template holds no data and may be made beside the rest of the old one', () => {
    const template = change(['create'], null, { ...machine, vm_id: 1000, template: true }, { type: VM });
    expect(rules(judged([template], host('tank/base-1000-disk-0')))).toEqual([]);
  });

  test('a guest with its disk that is only changed is none of this', () => {
    expect(rules(judged([change(['no-op'], n8n, n8n)], { host: { guests: [{ ...photos, type: 'lxc', name: 'n8n' }], disks: ['tank/subvol-102-disk-0'] } }))).toEqual([]);
  });
});

describe('a state that knows of nothing while its guests exist is a lost one', () => {
  const empty = { prior_state: { values: { root_module: { resources: [{ mode: 'data', type: 'local_file' }] } } } };
  const mail = change(['create'], null, { ...n8n, vm_id: 104 }, { name: 'mail' });

  test.each([empty, { prior_state: undefined }, { prior_state: {} }])('it is told as such, with the guests and the way back', (plan) => {
    const host = { guests: [{ vmid: 102, type: 'lxc', name: 'n8n' }], disks: ['tank/subvol-104-disk-0'] };
    const verdict = judged([created, mail], { plan, host, stack: 'services' });
    expect(rules(verdict)).toEqual(['adopts-guest', 'doubles-disk']);
    for (const { remedy } of verdict.objections) {
      expect(remedy).toMatch(/state of 'services' is empty.*\(102, 104\).*\.\/house state copies services/);
    }
  });

  test('a house that is being built has neither', () => {
    expect(rules(judged([created], { plan: empty, host: { guests: [], disks: ['tank'] } }))).toEqual([]);
  });
});
