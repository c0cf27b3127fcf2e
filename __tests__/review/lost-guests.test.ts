import { change, CONTAINER, judged, machine, n8n, rules, update, VM, words } from './plans';

test('a plan that makes, grows and describes guests passes', () => {
  const verdict = judged([
    change(['create'], null, { ...n8n, vm_id: 121 }, { name: 'vikunja' }),
    update({ disk: [{ datastore_id: 'tank', size: 10 }], description: 'new' }),
    change(['no-op'], machine, machine, { type: VM }),
    change(['delete'], { id: 'x' }, null, { type: 'local_file' }),
  ]);
  expect(verdict).toEqual({ objections: [], allowed: [], restarts: [], notes: [], unused: [] });
});

describe('a guest is not lost without being named', () => {
  test.each([
    [['delete'], 'destroys-guest', 'this would destroy the container 102 (n8n)'],
    [['delete', 'create'], 'replaces-guest', 'this would destroy and create anew the container 102 (n8n)'],
    [['create', 'delete'], 'replaces-guest', 'this would destroy and create anew the container 102 (n8n)'],
    [['forget'], 'forgets-guest', 'this would leave the container 102 (n8n) running without anybody who knows it'],
  ])('%j is refused by %s', (actions, rule, text) => {
    const after = actions.includes('create') ? n8n : null;
    const [objection, ...more] = judged([change(actions, { ...n8n, mount_point: [{ path: '/data' }] }, after)]).objections;
    expect(more).toEqual([]);
    expect(objection).toMatchObject({ rule, vmid: 102, guest: 'n8n', address: `${CONTAINER}.n8n`, problem: expect.stringContaining(text) });
    expect(objection.remedy).toContain(`--allow '${rule}:${CONTAINER}.n8n'`);
  });

  test('what it holds is told', () => {
    expect(words(judged([change(['delete'], { ...n8n, mount_point: [{ path: '/data' }] }, null)]))).toContain('it is protected, it has 1 mount point, its root disk exists only once');
  });

  test.each([
    CONTAINER,
    VM,
    'proxmox_virtual_environment_vm2',
    'proxmox_virtual_environment_cloned_vm',
    'proxmox_cloned_vm',
    'proxmox_vm',
  ])('%s is a guest', (type) => {
    expect(judged([change(['delete'], { id: '300' }, null, { type })]).objections).toMatchObject([{ rule: 'destroys-guest', vmid: 300 }]);
  });

  test('an object that a failed replacement left is one, under an address of its own', () => {
    const deposed = change(['delete'], n8n, null, { deposed: '4a5b6c7d' });
    const [objection] = judged([deposed], { allow: [`destroys-guest:${CONTAINER}.n8n`] }).objections;
    expect(objection).toMatchObject({ rule: 'destroys-guest', address: `${CONTAINER}.n8n (deposed 4a5b6c7d)` });
  });

  test('another VMID is another guest, whatever the plan calls it', () => {
    expect(rules(judged([update({ vm_id: 121 })]))).toEqual(['replaces-guest']);
  });
});

describe('a guest that gets another name is one guest', () => {
  const renamed = [change(['delete'], n8n, null), change(['create'], null, n8n, { name: 'workflows' })];

  test('it is told once, with the way that keeps it', () => {
    const [objection, ...more] = judged(renamed).objections;
    expect(more).toEqual([]);
    expect(objection).toMatchObject({ rule: 'renames-guest', vmid: 102, address: `${CONTAINER}.workflows` });
    expect(objection.remedy).toContain("formerly: 'n8n'");
    expect(objection.problem + objection.remedy).not.toMatch(/terraform import|-- import|--allow|does not know/);
  });

  test('G23 G27: what is allowed for the halves never adds up to its loss', () => {
    const allow = [`destroys-guest:${CONTAINER}.n8n`, 'destroys-guest:102'];
    expect(rules(judged(renamed, { allow }))).toEqual(['renames-guest']);
    expect(() => judged(renamed, { allow: [`renames-guest:${CONTAINER}.workflows`] })).toThrow(/'renames-guest' cannot be allowed.*formerly/);
  });

  test('forgetting the old half is no way round either', () => {
    const forgotten = [change(['forget'], n8n, null), renamed[1]];
    expect(rules(judged(forgotten, { allow: ['forgets-guest:102'] }))).toEqual(['renames-guest']);
  });

  test('another type on the same VMID is not the same guest', () => {
    const other = [change(['delete'], n8n, null), change(['create'], null, { ...machine, vm_id: 102 }, { type: VM })];
    const [objection] = judged(other, { allow: ['destroys-guest:102'] }).objections;
    expect(objection).toMatchObject({ rule: 'renames-guest', remedy: expect.stringContaining('another VMID') });
  });

  test('the moved way passes', () => {
    const moved = { ...change(['no-op'], n8n, n8n, { name: 'workflows' }), previous_address: `${CONTAINER}.n8n` };
    expect(judged([moved]).objections).toEqual([]);
  });
});

describe('a guest keeps what guards it, and goes on running', () => {
  test.each([false, null, undefined])('protection is not lifted to %s', (protection) => {
    const [objection] = judged([update({ protection })]).objections;
    expect(objection).toMatchObject({ rule: 'unprotects-guest', severity: 'loss', remedy: expect.stringContaining('--allow') });
  });

  test('protection that comes is welcome', () => {
    expect(rules(judged([change(['update'], { ...n8n, protection: false }, n8n)]))).toEqual([]);
  });

  test('G15: a running guest is not stopped, also when restarts were announced', () => {
    for (const started of [false, null]) {
      const verdict = judged([update({ started })], { restarts: 9, allow: ['restarts-guest:102'] });
      expect(verdict.objections).toMatchObject([{ rule: 'stops-guest', severity: 'outage', problem: expect.stringContaining('stop the running container 102 (n8n)') }]);
    }
    expect(rules(judged([update({ started: false })], { allow: ['stops-guest:102'] }))).toEqual([]);
  });

  test('one that was stopped may be started', () => {
    expect(rules(judged([change(['update'], { ...n8n, started: false }, n8n)]))).toEqual([]);
  });

  test('G13: the family of its system stays, however many restarts were announced', () => {
    const verdict = judged([update({ operating_system: [{ type: 'ubuntu' }] })], { restarts: 9 });
    expect(verdict.objections).toMatchObject([{ rule: 'changes-os-family', problem: expect.stringContaining('debian -> ubuntu') }]);
  });
});

describe('what no update can do, or the judge does not know, is refused', () => {
  test.each(['unprivileged', 'node_name', 'template', 'something_new'])('%s of a container', (name) => {
    expect(judged([update({ [name]: 'other' })]).objections).toMatchObject([{ rule: 'unknown-change', problem: expect.stringContaining(name) }]);
  });

  test('any attribute of a type that has no table', () => {
    expect(rules(judged([change(['update'], { id: 300 }, { id: 300, memory: { size: 1 } }, { type: 'proxmox_cloned_vm' })]))).toContain('unknown-change');
  });
});
