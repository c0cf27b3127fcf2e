import type { ResourceChange } from '../../review/plan-json';
import { change, CONTAINER, judged, machine, n8n, rules, update, VM, words } from './plans';

/** An update of a machine that sets some values. */
const reset = (before: Record<string, unknown>, after: Record<string, unknown>, unknown?: unknown): ResourceChange =>
  change(['update'], { ...machine, ...before }, { ...machine, ...after }, { type: VM, unknown });
const told = (changes: readonly ResourceChange[], more: Parameters<typeof judged>[1] = {}): string[] => judged(changes, { restarts: 9, ...more }).notes.map(({ rule }) => rule);
const [nic] = machine.network_device;
const other = { bridge: 'vmbr0', mac_address: 'BC:24:11:00:03:01' };

describe('the network of a machine', () => {
  test('its interfaces have no name but their place: the second is compared with the second', () => {
    const nics = (...network_device: unknown[]) => ({ network_device });
    expect(rules(judged([reset(nics(nic, other), nics(nic, other))]))).toEqual([]);
    expect(words(judged([reset(nics(nic, other), nics(nic, { ...other, bridge: 'vmbr1' }))]))).toContain('network_device 1: bridge vmbr0 -> vmbr1');
  });

  test('one that was off or unplugged and stays so is no news; one that comes on is welcome', () => {
    const nics = (more: object) => ({ network_device: [{ ...nic, ...more }] });
    expect(rules(judged([reset(nics({ enabled: false, disconnected: true }), nics({ enabled: false, disconnected: true, firewall: true }))]))).toEqual([]);
    expect(rules(judged([reset(nics({ enabled: false, disconnected: true }), nics({ enabled: true, disconnected: false }))]))).toEqual([]);
  });

  test('only what is only known after apply is said to be so', () => {
    const wanted = { network_device: [{ bridge: 'vmbr1' }] };
    expect(words(judged([reset({}, wanted, { network_device: [{ mac_address: true }] })]))).toContain('bridge vmbr0 -> vmbr1');
  });

  test('what was not set before may be set', () => {
    expect(rules(judged([reset({ network_device: [{ ...nic, vlan_id: 0 }] }, { network_device: [{ ...nic, vlan_id: 7 }] })]))).toEqual([]);
  });
});

test('an IPv6 address stays as an IPv4 address does, and one that was not there may come', () => {
  const at = (family: string, text: string | undefined) => ({ initialization: [{ hostname: 'n8n', ip_config: [{ ...n8n.initialization[0]!.ip_config[0], [family]: [{ address: text }] }] }] });
  const planned = change(['update'], { ...n8n, ...at('ipv6', 'fd00::2/64') }, { ...n8n, ...at('ipv6', 'fd00::3/64') });
  expect(words(judged([planned], { restarts: 1 }))).toContain('initialization[0].ip_config[0].ipv6[0].address fd00::2/64 -> fd00::3/64');
  expect(rules(judged([change(['update'], { ...n8n, ...at('ipv6', undefined) }, { ...n8n, ...at('ipv6', 'fd00::3/64') })], { restarts: 1 }))).toEqual([]);
});

describe('a rule is for what it is about', () => {
  const holder = { ...n8n, device_passthrough: [{ path: '/dev/dri/card0' }] };

  test('devices and disks of what is no guest, or is made anew, are no devices and disks that go', () => {
    expect(rules(judged([change(['delete', 'create'], holder, { ...n8n, disk: [] })]))).toEqual(['replaces-guest']);
    const lists = (usb: unknown) => ({ id: 'x', usb, disk: usb });
    expect(rules(judged([change(['update'], lists([{ host: 'a', size: 9 }]), lists([]), { type: 'local_file' })]))).toEqual([]);
  });

  test('a list with a hole in it has no devices to lose there', () => {
    expect(rules(judged([change(['update'], { ...holder, device_passthrough: [null] }, { ...n8n, device_passthrough: [null] })]))).toEqual([]);
  });

  test('what makes a guest worth keeping is not said of one that is only made', () => {
    expect(words(judged([change(['create'], null, { ...n8n, vm_id: 121 }, { name: 'new' })]))).toBe('');
  });

  test('a guest that starts, or is made anew, is not stopped, renamed to another system, or lowered', () => {
    const less = { ...n8n, started: false, operating_system: [{ type: 'alpine' }], memory: [{ dedicated: 1 }] };
    expect(rules(judged([change(['delete', 'create'], n8n, less)]))).toEqual(['replaces-guest']);
    expect(told([change(['delete', 'create'], n8n, less)])).toEqual([]);
    expect(told([change(['update'], less, n8n)])).toEqual([]);
  });

  test('a family that was not written down may be', () => {
    expect(rules(judged([change(['update'], { ...n8n, operating_system: [] }, n8n)], { restarts: 1 }))).toEqual([]);
    expect(rules(judged([change(['update'], { id: 'x', operating_system: [{ type: 'a' }], protection: true, started: true }, { id: 'x' }, { type: 'local_file' })]))).toEqual([]);
  });

  test('programs that are removed or changed in place do not run', () => {
    const same = { triggers: { a: '1' } };
    for (const planned of [change(['delete'], same, null, { type: 'null_resource' }), change(['update'], same, same, { type: 'terraform_data' })]) {
      expect([rules(judged([planned])), told([planned])]).toEqual([[], []]);
    }
    expect(rules(judged([change(['delete', 'create'], same, same, { type: 'null_resource', unknown: { id: true } })]))).toEqual(['runs-program']);
  });

  test('a drift is undone by an update alone', () => {
    const drift = { plan: { resource_drift: [change(['update'], n8n, { ...n8n, description: 'by hand' })] } };
    expect(told([change(['delete'], { ...n8n, description: 'by hand' }, null)], drift)).toEqual([]);
    expect(told([change(['delete', 'create'], { ...n8n, description: 'by hand' }, n8n)], drift)).toEqual([]);
  });

  test('a guest is made again only where it was and is not any more', () => {
    const gone = { plan: { resource_drift: [change(['delete'], n8n, null)] }, guests: [] };
    expect(told([change(['create'], null, n8n)], gone)).toEqual(['makes-again']);
    expect(told([change(['delete'], n8n, null)], { plan: { resource_drift: [change(['delete'], n8n, null)] } })).toEqual([]);
    expect(told([change(['create'], null, { id: 'x' }, { type: 'local_file' })], { plan: { resource_drift: [change(['delete'], { id: 'x' }, null, { type: 'local_file' })] } })).toEqual([]);
  });
});

describe('the guest that keeps the state', () => {
  const restart = update({ memory: [{ dedicated: 1024, swap: 256 }] });

  test('is the one of that VMID, and restarted by name when it restarts', () => {
    expect(rules(judged([restart], { restarts: 1, stateVmid: 105 }))).toEqual([]);
    expect(rules(judged([update({ description: 'new' })], { stateVmid: 102 }))).toEqual([]);
    expect(rules(judged([restart], { restarts: 1, stateVmid: 102 }))).toEqual(['restarts-state']);
    expect(rules(judged([change(['update'], { id: '102', memory: [] }, { id: '102', memory: [{}] }, { type: 'proxmox_virtual_environment_pool', name: 'p' })], { stateVmid: 102 }))).not.toContain('restarts-state');
  });

  test('is known by either name of its VMID, and nobody is it when the state is elsewhere', () => {
    const stopped = (values: object) => change(['update'], { ...values, started: true }, { ...values, started: false });
    expect(words(judged([stopped({ id: '102' })], { stateVmid: 102 }))).toContain('it keeps the state');
    expect(words(judged([stopped({})]))).not.toContain('it keeps the state');
    expect(words(judged([stopped({ vm_id: 102 })], { stateVmid: 105 }))).not.toContain('it keeps the state');
  });
});

describe('a taken VMID', () => {
  const nameless = { vm_id: 102, started: true };

  test('is the planned guest, perhaps, when one of the two says no name', () => {
    const remedies = (after: object, name?: string) => words(judged([change(['create'], null, after as Record<string, unknown>)], { guests: [{ vmid: 102, type: 'lxc', ...(name && { name }) }] }));
    for (const said of [remedies(nameless, 'n8n'), remedies(n8n), remedies(nameless)]) expect(said).toContain(`import ${CONTAINER}.n8n NODE/102`);
    expect(remedies(n8n, 'photos')).not.toContain('import');
  });

  test('is asked about only where a guest is made', () => {
    expect(rules(judged([change(['create'], null, { vm_id: 102, id: '102' }, { type: 'local_file' })]))).toEqual([]);
    expect(rules(judged([change(['delete', 'create'], n8n, { ...n8n }, { unknown: { cpu: true } })]))).toEqual(['replaces-guest']);
  });

  test('of an import is that of the definition, and what was found when the definition says none', () => {
    const planned = (before: object, after: object) => change(['update'], before as Record<string, unknown>, after as Record<string, unknown>, { importing: 'x' });
    const guests = [{ vmid: 102, type: 'lxc', name: 'n8n' }];
    expect(rules(judged([planned({ ...n8n, vm_id: 7 }, n8n)], { guests }))).not.toContain('imports-stranger');
    expect(rules(judged([planned(n8n, { ...n8n, vm_id: undefined })], { guests }))).not.toContain('imports-stranger');
  });
});

test('a storage may be switched on, and stay off; a value that nobody knows yet is another one', () => {
  const tank = { id: 'tank', content: ['images'], nodes: [] as string[], disable: true };
  const planned = (before: object, after: object, unknown?: unknown) => rules(judged([change(['update'], { ...tank, ...before }, { ...tank, ...after }, { type: 'proxmox_storage_zfspool', unknown })]));
  expect(planned({}, { disable: false, content: ['images', 'rootdir'] })).toEqual([]);
  expect(planned({}, { content: ['images', 'rootdir'] })).toEqual([]);
  expect(planned({ disable: false }, { disable: true })).toEqual(['narrows-storage']);
  expect(planned({}, { nodes: ['pve'] })).toEqual(['narrows-storage']);
  expect(planned({ nodes: ['pve'] }, { nodes: ['pve', 'two'] })).toEqual([]);
  expect(planned({}, { content: undefined }, { content: true })).toEqual(['narrows-storage']);
  expect(planned({}, { disable: undefined }, { disable: true })).toEqual(['narrows-storage']);
});

describe('words for people, and what is for later, may change', () => {
  const planned = (type: string, name: string, value: unknown) => rules(judged([change(['update'], { id: 'x', [name]: 'old', kept: 1 }, { id: 'x', [name]: value, kept: 1 }, { type })]));

  test.each([
    ['proxmox_backup_job', ['notes_template', 'mailto', 'mailnotification', 'comment'], 'changes-backup'],
    ['proxmox_virtual_environment_user', ['comment', 'email', 'first_name', 'last_name'], 'changes-right'],
    ['proxmox_virtual_environment_cluster_firewall', ['comment'], 'changes-firewall'],
    ['proxmox_network_linux_bridge', ['comment'], 'changes-bridge'],
    ['proxmox_virtual_environment_pool', ['comment'], 'changes-pool'],
    ['proxmox_storage_directory', ['thin_provision', 'blocksize', 'preallocation', 'create_base_path', 'create_subdirs'], 'narrows-storage'],
  ])('of %s: %j, and nothing else', (type, names, rule) => {
    for (const name of names) expect([name, planned(type, name, 'new')]).toEqual([name, []]);
    for (const name of ['groups', 'my_comment']) expect(planned(type, name, 'new')).toEqual([rule]);
  });

  test('a storage of which nobody knew what it holds may say so', () => {
    const tank = (content: unknown) => ({ id: 'tank', content });
    expect(rules(judged([change(['update'], tank(undefined), tank(['images']), { type: 'proxmox_storage_zfspool' })]))).toEqual([]);
  });
});

test('less floating memory of a machine is told', () => {
  const { notes } = judged([reset({ memory: [{ dedicated: 9, floating: 9 }] }, { memory: [{ dedicated: 9, floating: 8 }] })], { restarts: 1 });
  expect(notes.map(({ problem }) => problem)).toEqual(['the virtual machine 300 (windows) gets less: 9 -> 8 MiB of floating memory']);
});

test.each([
  ['adopts-guest', 'choose a free VMID, or import the guest'],
  ['doubles-disk', 'put the configuration of the guest back first'],
  ['doubles-vmid', 'give each guest a VMID of its own'],
  ['imports-stranger', 'correct the VMID in the definition'],
  ['renames-guest', "name the old one in the definition: formerly: 'OLD NAME'"],
  ['unknown-vmid', 'write the VMID into the definition'],
])('%s has no permission, and the way that there is instead', (rule, instead) => {
  expect(() => judged([], { allow: [`${rule}:102`] })).toThrow(`--allow '${rule}:102': '${rule}' cannot be allowed; ${instead}\n`);
});
