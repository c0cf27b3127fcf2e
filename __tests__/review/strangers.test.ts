import type { PlanJson, ResourceChange } from '../../review/plan-json';
import { change, judged, machine, n8n, rules, update, VM, words, type Values } from './plans';

const stranger = {
  ...n8n,
  started: false,
  protection: false,
  description: 'the holidays',
  initialization: [{ hostname: 'holiday-photos' }],
  network_interface: [{ name: 'eth0', bridge: 'vmbr0', mac_address: 'bc:24:11:99:99:99' }],
};
const list = (name: string, vmid = 102) => [{ vmid, type: 'lxc', name, status: 'stopped' }];
const drift = (before: Values, after: Values): Partial<PlanJson> => ({ resource_drift: [change(['update'], before, after)] });

describe('a VMID under which another guest is found than the state knew', () => {
  test('G12: is told with both, though every single change of it would pass', () => {
    const renewed = change(['update'], stranger, n8n);
    const { objections } = judged([renewed], { plan: drift(n8n, stranger), guests: list('holiday-photos'), restarts: 9, allow: ['changes-network:102'] });
    expect(objections).toMatchObject([
      { rule: 'recycled-guest', severity: 'loss', problem: "guest 102 was 'n8n' with MAC BC:24:11:00:01:02, it is now 'holiday-photos' with MAC BC:24:11:99:99:99" },
    ]);
  });

  test('is told also when nothing of it would be changed: what depends on it would be', () => {
    expect(rules(judged([change(['no-op'], stranger, stranger)], { plan: drift(n8n, stranger), guests: list('holiday-photos') }))).toEqual(['recycled-guest']);
  });

  test('is told when it has the same name and another MAC address', () => {
    const twin = { ...stranger, initialization: n8n.initialization };
    expect(rules(judged([change(['no-op'], twin, twin)], { plan: drift(n8n, twin) }))).toEqual(['recycled-guest']);
  });

  test('is told of a machine, by its name, when neither has an interface', () => {
    const [was, is] = [{ vm_id: 300, name: 'windows' }, { vm_id: 300, name: 'games' }];
    const plan = { resource_drift: [change(['update'], was, is, { type: VM })] };
    const verdict = judged([change(['no-op'], is, is, { type: VM })], { plan, guests: [{ vmid: 300, type: 'qemu', name: 'games' }] });
    expect(words(verdict)).toContain("guest 300 was 'windows', it is now 'games'");
  });

  test('is told when only the list knows it by another name', () => {
    expect(words(judged([change(['no-op'], n8n, n8n)], { guests: list('holiday-photos') }))).toContain("the host's list calls it 'holiday-photos'");
  });

  test('passes when it was named, and nothing else of it does', () => {
    const verdict = judged([change(['update'], stranger, { ...n8n, disk: [] })], { plan: drift(n8n, stranger), guests: list('holiday-photos'), restarts: 9, allow: ['recycled-guest:102', 'changes-network:102'] });
    expect(rules(verdict)).toEqual(['removes-disk']);
  });

  test.each([
    ['another name by hand', { ...n8n, initialization: [{ hostname: 'workflows' }] }, 'workflows'],
    ['one interface more by hand', { ...n8n, network_interface: [...n8n.network_interface, { name: 'eth1', mac_address: 'BC:24:11:00:00:09' }] }, 'n8n'],
    ['more memory by hand', { ...n8n, memory: [{ dedicated: 4096 }] }, 'n8n'],
  ])('is the same guest with %s', (_what, now, name) => {
    expect(rules(judged([change(['update'], now, n8n)], { plan: drift(n8n, now), guests: list(name), restarts: 1, allow: ['changes-network:102'] })).filter((rule) => rule !== 'changes-network')).toEqual([]);
  });
});

describe('an import takes a guest as it is, when it is named', () => {
  const imported = (actions: string[], before: Values, after: Values, type?: string): ResourceChange => change(actions, before, after, { importing: 'pve/102', type });
  const named = { allow: ['imports-guest:102'] };

  test('G20: it is refused until it is named', () => {
    const same = imported(['no-op'], n8n, n8n);
    expect(judged([same]).objections).toMatchObject([{ rule: 'imports-guest', vmid: 102 }]);
    expect(rules(judged([same], named))).toEqual([]);
  });

  test('another name than the definition means is a stranger, and cannot be allowed', () => {
    const verdict = judged([imported(['no-op'], n8n, n8n)], { ...named, guests: list('photos') });
    expect(verdict.objections).toMatchObject([{ rule: 'imports-stranger', problem: "guest 102 is 'photos', and the definition says 'n8n'" }]);
    expect(() => judged([], { allow: ['imports-stranger:102'] })).toThrow('cannot be allowed; correct the VMID');
  });

  test('so is another kind of guest, and one that the host does not have', () => {
    expect(words(judged([imported(['no-op'], n8n, n8n)], { ...named, guests: [{ vmid: 102, type: 'qemu', name: 'n8n' }] }))).toContain('guest 102 is qemu, and the definition says lxc');
    expect(words(judged([imported(['no-op'], { ...machine, vm_id: 102 }, { ...machine, vm_id: 102, name: undefined }, VM)], { ...named, guests: list('windows') }))).toContain('guest 102 is lxc, and the definition says qemu');
    expect(words(judged([imported(['no-op'], n8n, n8n)], { ...named, guests: [] }))).toContain('the host\'s list has no such guest');
  });

  test('every attribute it would change is told, with both values', () => {
    const before = { ...n8n, cpu: [{ cores: 4 }], memory: [{ dedicated: 2048, swap: 256 }], description: 'by hand', tags: ['old'] };
    const after = { ...n8n, tags: ['homelab'] };
    const [objection, ...more] = judged([imported(['update'], before, after)], { ...named, restarts: 9 }).objections;
    expect(more).toEqual([]);
    expect(objection).toMatchObject({ rule: 'changes-imported' });
    for (const text of ['cpu[0].cores 4 -> 2', 'memory[0].dedicated 2048 -> 512', 'description by hand -> Workflows', 'tags[0] old -> homelab']) {
      expect(objection.problem).toContain(text);
    }
  });

  test('a lost interface at an import is refused by its own rule too', () => {
    const before = { ...n8n, network_interface: [...n8n.network_interface, { name: 'net1', mac_address: 'BC:24:11:00:00:09' }] };
    expect(rules(judged([imported(['update'], before, n8n)], { restarts: 9, allow: ['imports-guest:102', 'changes-imported:102'] }))).toEqual(['changes-network']);
  });

  test('what only Terraform itself knows may be filled in', () => {
    expect(rules(judged([imported(['update'], n8n, { ...n8n, timeout_create: 1200, wait_for_ip: [{ ipv4: true }] })], named))).toEqual([]);
  });
});

test('what is sensitive is not shown, on either side', () => {
  const planned = change(['update'], { ...n8n, description: 'OLD-SECRET' }, { ...n8n, description: 'NEW-SECRET' }, { importing: 'pve/102', sensitive: { description: true } });
  const all = JSON.stringify(judged([planned]));
  expect(all).toContain('description (sensitive) -> (sensitive)');
  expect(all).not.toContain('SECRET');
});

test('a value is told on one line, and not a long one', () => {
  const planned = change(['update'], { ...n8n, description: 'two\nlines\u001b[2J\u202e' }, { ...n8n, description: 'x'.repeat(500) }, { importing: 'pve/102' });
  expect(words(judged([planned]))).toContain(`description two lines [2J -> ${'x'.repeat(80)}…`);
});

describe('the list is the one of this host', () => {
  const prior = (...values: Values[]): Partial<PlanJson> => ({
    prior_state: { values: { root_module: { resources: [{ type: 'null_resource', values: {} }], child_modules: [{ resources: values.map((item) => ({ mode: 'managed', type: item && 'name' in item ? VM : 'proxmox_virtual_environment_container', values: item ?? {} })) }] } } },
  });

  test.each([
    ['nobody is on it', [], 'has 0 guests and lacks 102 (n8n), 300 (windows)'],
    ['it is cut', list('n8n'), 'has 1 guests and lacks 300 (windows)'],
  ])('%s: it is refused, with the guests it lacks', (_what, guests, text) => {
    expect(() => judged([], { plan: prior(n8n, machine), guests })).toThrow(text);
  });

  test('guests that the state does not know may be on it', () => {
    expect(rules(judged([], { plan: prior(n8n) }))).toEqual([]);
  });

  test('data sources are no guests of the state', () => {
    const read = { prior_state: { values: { root_module: { resources: [{ mode: 'data', type: 'proxmox_vm', values: { id: 999 } }] } } } };
    expect(rules(judged([], { plan: read }))).toEqual([]);
  });
});

test('restarting or stopping the guest that keeps the state is a rule of its own', () => {
  const more = update({ memory: [{ dedicated: 1024, swap: 256 }] });
  expect(rules(judged([more], { restarts: 1, stateVmid: 102 }))).toEqual(['restarts-state']);
  expect(rules(judged([more], { restarts: 1, stateVmid: 105 }))).toEqual([]);
  expect(rules(judged([more], { allow: ['restarts-state:102', 'restarts-guest:102'], stateVmid: 102 }))).toEqual([]);
  expect(words(judged([update({ started: false })], { stateVmid: 102 }))).toContain('it keeps the state');
});
