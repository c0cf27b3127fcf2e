import type { CallResult } from '../../../rehearsal/flow/terraform';
import { guestList } from '../../../rehearsal/node/guest-list';
import { judge } from '../../../review/judge';
import { actionOf, type Action, type PlanJson } from '../../../review/plan-json';
import { Lab, type Resources } from '../fixtures/lab';

/** A container with everything the changes below touch. Blocks are lists, so that a change can reach into them. */
interface Config {
  [key: string]: unknown;
  tags?: string[];
  cpu?: Record<string, unknown>[];
  memory: Record<string, unknown>[];
  disk?: Record<string, unknown>[];
  features: Record<string, unknown>[];
  initialization?: Record<string, unknown>[];
  mount_point: Record<string, unknown>[];
  network_interface: Record<string, unknown>[];
  device_passthrough?: Record<string, unknown>[];
  operating_system: Record<string, unknown>[];
}

const base = (vmid: number): Config => ({
  node_name: 'pve',
  vm_id: vmid,
  unprivileged: true,
  description: 'before',
  tags: ['a', 'b'],
  cpu: [{ cores: 1 }],
  memory: [{ dedicated: 512 }],
  disk: [{ datastore_id: 'tank', size: 8 }],
  features: [{ nesting: true }],
  device_passthrough: [{ path: '/dev/kvm' }, { path: '/dev/fuse' }],
  initialization: [
    {
      hostname: `c${vmid}`,
      dns: [{ domain: 'lan', servers: ['192.168.88.1'] }],
      ip_config: [{ ipv4: [{ address: 'dhcp' }] }],
      user_account: [{ keys: ['ssh-ed25519 AAAA'], password: 'first' }],
    },
  ],
  mount_point: [
    { volume: 'tank', size: '10G', path: '/data' },
    { volume: '/srv/media', path: '/media' },
  ],
  network_interface: [{ name: 'eth0', bridge: 'vmbr0' }],
  operating_system: [{ template_file_id: 'local:vztmpl/debian.tar.zst', type: 'debian' }],
});

/** What the real provider was seen to do with one change; `fails` is what its apply says. */
interface Row {
  readonly change: string;
  readonly edit: (config: Config) => void;
  readonly action: Action;
  readonly restarts?: boolean;
  readonly fails?: string;
}

const first = (blocks: Record<string, unknown>[] | undefined): Record<string, unknown> => (blocks ?? [{}])[0];
const account = (config: Config): Record<string, unknown> => first(first(config.initialization).user_account as Record<string, unknown>[]);

const ROWS: readonly Row[] = [
  { change: 'nothing', edit: () => undefined, action: 'none' },
  { change: 'another node', edit: (c) => (c.node_name = 'other'), action: 'replace' },
  { change: 'privileged', edit: (c) => (c.unprivileged = false), action: 'replace' },
  { change: 'a template', edit: (c) => (c.template = true), action: 'replace' },
  { change: 'a pool id', edit: (c) => (c.pool_id = 'lab'), action: 'replace' },
  { change: 'another VMID', edit: (c) => (c.vm_id = 900), action: 'replace' },
  { change: 'root disk on another storage', edit: (c) => (first(c.disk).datastore_id = 'local'), action: 'replace' },
  { change: 'a larger root disk', edit: (c) => (first(c.disk).size = 10), action: 'update', restarts: false },
  {
    change: 'a smaller root disk',
    edit: (c) => (first(c.disk).size = 4),
    action: 'update',
    fails: 'new disk size (4G) has to be greater than the current disk (8G)',
  },
  { change: 'one more mount point', edit: (c) => c.mount_point.push({ volume: 'tank', size: '1G', path: '/more' }), action: 'replace' },
  { change: 'one mount point less', edit: (c) => c.mount_point.pop(), action: 'replace' },
  { change: 'mount points in another order', edit: (c) => c.mount_point.reverse(), action: 'replace' },
  { change: 'a larger mount point', edit: (c) => (c.mount_point[0].size = '20G'), action: 'replace' },
  { change: 'a mount point size spelled differently', edit: (c) => (c.mount_point[0].size = '10240M'), action: 'replace' },
  { change: 'a mount point on another storage', edit: (c) => (c.mount_point[0].volume = 'local'), action: 'replace' },
  { change: 'another host path of a bind mount', edit: (c) => (c.mount_point[1].volume = '/srv/other'), action: 'replace' },
  { change: 'another volume of the same storage', edit: (c) => (c.mount_point[0].volume = 'tank:subvol-9-disk-0'), action: 'none' },
  { change: 'the path of a mount point', edit: (c) => (c.mount_point[0].path = '/other'), action: 'update', restarts: true },
  { change: 'the backup flag of a mount point', edit: (c) => (c.mount_point[0].backup = true), action: 'update', restarts: true },
  { change: 'a read-only mount point', edit: (c) => (c.mount_point[0].read_only = true), action: 'update', restarts: true },
  { change: 'one more ssh key', edit: (c) => (account(c).keys = ['ssh-ed25519 AAAA', 'ssh-ed25519 BBBB']), action: 'replace' },
  { change: 'another password', edit: (c) => (account(c).password = 'second'), action: 'replace' },
  { change: 'no user account', edit: (c) => delete first(c.initialization).user_account, action: 'replace' },
  {
    change: 'another template file',
    edit: (c) => (first(c.operating_system).template_file_id = 'local:vztmpl/other.tar.zst'),
    action: 'replace',
  },
  { change: 'another kind of system', edit: (c) => (first(c.operating_system).type = 'ubuntu'), action: 'update', restarts: true },
  { change: 'more cores', edit: (c) => (first(c.cpu).cores = 2), action: 'update', restarts: false },
  { change: 'a processor limit', edit: (c) => (first(c.cpu).limit = 1.5), action: 'update', restarts: false },
  { change: 'more memory', edit: (c) => (first(c.memory).dedicated = 1024), action: 'update', restarts: true },
  { change: 'swap', edit: (c) => (first(c.memory).swap = 256), action: 'update', restarts: true },
  { change: 'another hostname', edit: (c) => (first(c.initialization).hostname = 'renamed'), action: 'update', restarts: true },
  { change: 'another DNS server', edit: (c) => (first(c.initialization).dns = [{ servers: ['9.9.9.9'] }]), action: 'update', restarts: true },
  {
    change: 'a static address',
    edit: (c) => (first(c.initialization).ip_config = [{ ipv4: [{ address: '10.0.0.9/24' }] }]),
    action: 'update',
    restarts: true,
  },
  { change: 'an environment variable', edit: (c) => (c.environment_variables = { A: 'b' }), action: 'update', restarts: true },
  { change: 'a VLAN', edit: (c) => (c.network_interface[0].vlan_id = 5), action: 'update', restarts: true },
  { change: 'one more network interface', edit: (c) => c.network_interface.push({ name: 'eth1' }), action: 'update', restarts: true },
  { change: 'another console', edit: (c) => (c.console = [{ type: 'shell' }]), action: 'update', restarts: true },
  { change: 'one more device', edit: (c) => c.device_passthrough?.push({ path: '/dev/tun' }), action: 'update', restarts: true },
  { change: 'one device less', edit: (c) => c.device_passthrough?.pop(), action: 'update', restarts: true },
  { change: 'no devices', edit: (c) => delete c.device_passthrough, action: 'update', fails: 'no options specified' },
  { change: 'one more feature', edit: (c) => (c.features[0].keyctl = true), action: 'update', restarts: false },
  { change: 'another description', edit: (c) => (c.description = 'after'), action: 'update', restarts: false },
  { change: 'one tag less', edit: (c) => (c.tags = ['a']), action: 'update', restarts: false },
  { change: 'tags in another order', edit: (c) => (c.tags = ['b', 'a']), action: 'none' },
  { change: 'tags in upper case', edit: (c) => (c.tags = ['A', 'B']), action: 'update', restarts: false },
  { change: 'protection', edit: (c) => (c.protection = true), action: 'update', restarts: false },
  { change: 'not started on boot', edit: (c) => (c.start_on_boot = false), action: 'update', restarts: false },
  { change: 'a startup order', edit: (c) => (c.startup = [{ order: 3 }]), action: 'update', restarts: false },
  { change: 'a hook script', edit: (c) => (c.hook_script_file_id = 'local:snippets/x.sh'), action: 'update', restarts: false },
  { change: 'another timeout', edit: (c) => (c.timeout_delete = 90), action: 'update', restarts: false },
  { change: 'stopped', edit: (c) => (c.started = false), action: 'update', restarts: false },
  { change: 'no disk block', edit: (c) => delete c.disk, action: 'replace' },
];

const FIRST_VMID = 201;
const name = (index: number): string => `c${FIRST_VMID + index}`;
const address = (index: number): string => `proxmox_virtual_environment_container.${name(index)}`;

function stack(edited: boolean): Resources {
  const containers = ROWS.map((row, index) => {
    const config = base(FIRST_VMID + index);
    if (edited) row.edit(config);
    return [name(index), config];
  });
  return { proxmox_virtual_environment_container: Object.fromEntries(containers) };
}

/** Changes that are not to be applied here: the rest of them still is. */
const lab = new Lab(
  {
    disks: [{ name: '/', kind: 'filesystem', sizeGiB: 9000, usedGiB: 0 }, { name: 'tank', kind: 'zpool', sizeGiB: 9000, usedGiB: 0 }],
    storages: ['local', 'tank'].map((id) => ({
      id,
      type: id === 'tank' ? ('zfspool' as const) : ('dir' as const),
      location: id === 'tank' ? 'tank' : '/var/lib/vz',
      content: ['vztmpl', 'rootdir', 'images'],
      nodes: [],
      disable: false,
      shared: false,
      settings: {},
    })),
    volumes: ['debian', 'other'].map((file) => ({
      volid: `local:vztmpl/${file}.tar.zst`,
      storage: 'local',
      content: 'vztmpl',
      sizeGiB: 1,
    })),
    pools: [{ poolid: 'lab', comment: '', members: [] }],
  },
  true,
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
  restarted = new Set(later.filter((task) => task.type === 'vzreboot').map((task) => Number(task.id)));
}, 120_000);

afterAll(() => lab.close());

const changeOf = (index: number): Action => {
  const found = (plan.resource_changes ?? []).find((resource) => resource.address === address(index));
  return found ? actionOf(found) : 'none';
};

/** The message of the tool that concerns one resource. */
const errorOf = (index: number): string =>
  applied.stderr.split(/Error: /).find((part) => part.includes(`with ${address(index)},`)) ?? '';

describe('a changed container is planned as the real provider plans it', () => {
  test.each(ROWS.map((row, index) => [row.change, row.action, index] as const))('%s: %s', (_change, action, index) => {
    expect(changeOf(index)).toBe(action);
  });
});

describe('a container is restarted exactly when the real provider restarts it', () => {
  const rows = ROWS.map((row, index) => [row.change, row.restarts, index] as const).filter(([, restarts]) => restarts !== undefined);
  test.each(rows)('%s: %s', (_change, restarts, index) => {
    expect(errorOf(index)).toBe('');
    expect(restarted.has(FIRST_VMID + index)).toBe(restarts);
  });

  test('the guard announces the same restarts', () => {
    const failing = new Set(ROWS.flatMap((row, index) => (row.fails ? [address(index)] : [])));
    const happened = ROWS.flatMap((_, index) => (restarted.has(FIRST_VMID + index) ? [address(index)] : []));
    expect(announced.filter((found) => !failing.has(found)).sort()).toEqual(happened.sort());
  });
});

describe('what cannot be applied fails in the words of the provider or of PVE', () => {
  const rows = ROWS.map((row, index) => [row.change, row.fails, index] as const).filter(([, fails]) => fails !== undefined);
  test.each(rows)('%s: %s', (_change, fails, index) => {
    expect(errorOf(index)).toContain(fails);
  });
});

test('a device that is not sent again stays, so the next plan wants to take it away once more', async () => {
  const again = await lab.plan();
  const index = ROWS.findIndex((row) => row.change === 'one device less');
  expect((again.resource_changes ?? []).filter((item) => item.address === address(index)).map(actionOf)).toEqual(['update']);
}, 30_000);
