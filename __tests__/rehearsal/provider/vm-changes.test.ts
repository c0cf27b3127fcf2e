import type { CallResult } from '../../../rehearsal/flow/terraform';
import { guestList } from '../../../rehearsal/node/guest-list';
import { judge } from '../../../review/judge';
import { actionOf, type Action, type PlanJson } from '../../../review/plan-json';
import { Lab, type Resources } from '../fixtures/lab';

type Block = Record<string, unknown>;

interface Config {
  [key: string]: unknown;
  agent: Block[];
  cpu: Block[];
  memory: Block[];
  disk: Block[];
  initialization: Block[];
  network_device: Block[];
}

const NIC = ['disconnected', 'enabled', 'firewall', 'mac_address', 'model', 'mtu', 'queues', 'rate_limit', 'trunks', 'vlan_id'];

const base = (vmid: number): Config => ({
  node_name: 'pve',
  vm_id: vmid,
  name: `v${vmid}`,
  agent: [{ enabled: true }],
  cpu: [{ cores: 1, type: 'x86-64-v2-AES' }],
  memory: [{ dedicated: 1024 }],
  disk: [{ datastore_id: 'tank', interface: 'scsi0', size: 8 }],
  operating_system: [{ type: 'l26' }],
  initialization: [{ datastore_id: 'tank', ip_config: [{ ipv4: [{ address: 'dhcp' }] }] }],
  network_device: [{ bridge: 'vmbr0', ...Object.fromEntries(NIC.map((key) => [key, null])) }],
});

interface Row {
  readonly change: string;
  readonly edit: (config: Config) => void;
  readonly action: Action;
  readonly restarts?: boolean;
  readonly fails?: string;
}

/** What bpg/proxmox 0.111.1 was seen to plan for each change. */
const ROWS: readonly Row[] = [
  { change: 'nothing', edit: () => undefined, action: 'none' },
  { change: 'another VMID', edit: (c) => (c.vm_id = 900), action: 'replace' },
  { change: 'another node', edit: (c) => (c.node_name = 'other'), action: 'replace' },
  { change: 'another image file', edit: (c) => (c.disk[0].file_id = 'local:iso/x.img'), action: 'replace' },
  { change: 'another user data file', edit: (c) => (c.initialization[0].user_data_file_id = 'local:snippets/u.yaml'), action: 'replace' },
  { change: 'a larger disk', edit: (c) => (c.disk[0].size = 10), action: 'update', restarts: false },
  { change: 'a smaller disk', edit: (c) => (c.disk[0].size = 4), action: 'update', fails: 'shrinking disks is not supported' },
  { change: 'one more disk', edit: (c) => c.disk.push({ datastore_id: 'tank', interface: 'scsi1', size: 1 }), action: 'update', restarts: false },
  { change: 'no disk at all', edit: (c) => (c.disk = []), action: 'none' },
  { change: 'more cores', edit: (c) => (c.cpu[0].cores = 2), action: 'update', restarts: true },
  { change: 'more memory', edit: (c) => (c.memory[0].dedicated = 2048), action: 'update', restarts: true },
  { change: 'no agent', edit: (c) => (c.agent[0].enabled = false), action: 'update', restarts: true },
  { change: 'another firmware', edit: (c) => (c.bios = 'ovmf'), action: 'update', restarts: true },
  { change: 'a passed device', edit: (c) => (c.hostpci = [{ device: 'hostpci0', id: '0000:01:00' }]), action: 'update', restarts: true },
  { change: 'a VLAN', edit: (c) => (c.network_device[0].vlan_id = 7), action: 'update', restarts: false },
  { change: 'no network device', edit: (c) => (c.network_device = []), action: 'update', restarts: false },
  { change: 'network devices left out', edit: (c) => delete (c as Partial<Config>).network_device, action: 'none' },
  { change: 'another name', edit: (c) => (c.name = 'renamed'), action: 'update', restarts: false },
  { change: 'a tag', edit: (c) => (c.tags = ['z']), action: 'update', restarts: false },
  { change: 'stopped', edit: (c) => (c.started = false), action: 'update', restarts: false },
  { change: 'no restart wanted', edit: (c) => Object.assign(c, { reboot_after_update: false, bios: 'ovmf' }), action: 'update', restarts: false },
];

const FIRST_VMID = 301;
const address = (index: number): string => `proxmox_virtual_environment_vm.v${FIRST_VMID + index}`;

function stack(edited: boolean): Resources {
  const machines = ROWS.map((row, index) => {
    const config = base(FIRST_VMID + index);
    if (edited) row.edit(config);
    return [`v${FIRST_VMID + index}`, config];
  });
  return { proxmox_virtual_environment_vm: Object.fromEntries(machines) };
}

const lab = new Lab(
  {
    storages: [{ id: 'tank', type: 'zfspool', location: 'tank', content: ['images'], nodes: [], disable: false, shared: false, settings: {} }],
  },
  false,
);

let plan: PlanJson;
/** Addresses of the guests that the judge says will be restarted. */
let announced: string[];
let applied: CallResult;
let restarted: Set<number>;

beforeAll(async () => {
  await lab.raise(stack(false));
  await lab.define(stack(true));
  plan = await lab.plan();
  announced = judge({ plan, host: { guests: guestList(lab.world.node) } }).restarts.map(({ address }) => address);
  const tasks = lab.world.node.tasks.length;
  applied = await lab.apply();
  const later = lab.world.node.tasks.slice(tasks);
  restarted = new Set(later.filter((task) => task.type === 'qmreboot').map((task) => Number(task.id)));
}, 60_000);

afterAll(() => lab.close());

test.each(ROWS.map((row, index) => [row.change, row.action, index] as const))('%s: %s', (_change, action, index) => {
  const found = (plan.resource_changes ?? []).find((resource) => resource.address === address(index));
  expect(found && actionOf(found)).toBe(action);
});

test('a machine is restarted exactly when the real provider restarts it, and the guard announces it', () => {
  const expected = ROWS.flatMap((row, index) => (row.restarts ? [FIRST_VMID + index] : []));
  expect([...restarted].sort()).toEqual(expected);
  expect([...announced].sort()).toEqual(expected.map((vmid) => `proxmox_virtual_environment_vm.v${vmid}`));
});

test('only the smaller disk fails, in the words of PVE', () => {
  const errors = applied.stderr.split('Error: ').slice(1);
  const failing = ROWS.findIndex((row) => row.fails);
  const expected = [`with ${address(failing)},`, expect.stringContaining(ROWS[failing].fails ?? '')];
  expect(errors.filter((text) => text.includes(expected[0] as string))).toEqual([expected[1]]);
});

test('a template that is configured as started never comes to rest', async () => {
  const resting = new Lab({ storages: structuredClone(lab.world.node.storages) }, false);
  await resting.raise({
    proxmox_virtual_environment_vm: {
      stopped: { ...base(401), template: true, started: false },
      started: { ...base(402), template: true },
    },
  });
  const busy = (await resting.plan()).resource_changes?.filter((change) => actionOf(change) !== 'none');
  expect(busy?.map((change) => change.address)).toEqual(['proxmox_virtual_environment_vm.started']);
  resting.close();
}, 30_000);
