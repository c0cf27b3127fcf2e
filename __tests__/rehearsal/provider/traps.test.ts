import { destroyGuest, findGuest, shutdownGuest } from '../../../rehearsal/node/guests';
import { ROOT } from '../../../rehearsal/node/access';
import type { PveNode, Storage, Volume } from '../../../rehearsal/node/pve-node';
import { guestList } from '../../../rehearsal/node/guest-list';
import { judge } from '../../../review/judge';
import { actionOf } from '../../../review/plan-json';
import { containerConfig } from '../fixtures/house';
import { Lab, type Resources } from '../fixtures/lab';

const TANK: Storage = {
  id: 'tank',
  type: 'zfspool',
  location: 'tank',
  content: ['images', 'rootdir'],
  nodes: [],
  disable: false,
  shared: false,
  settings: {},
};
const TEMPLATE: Volume = {
  volid: 'local:vztmpl/debian-13-standard_13.1-2_amd64.tar.zst',
  storage: 'local',
  content: 'vztmpl',
  sizeGiB: 0.125,
};
const LOCAL: Storage = { ...TANK, id: 'local', type: 'dir', location: '/var/lib/vz', content: ['vztmpl'] };

const container = (name: string, vmid: number, changes: Record<string, unknown> = {}): Record<string, unknown> => ({
  ...containerConfig(name, vmid, false),
  lifecycle: {},
  ...changes,
});
const containers = (...guests: Record<string, unknown>[]): Resources => ({
  proxmox_virtual_environment_container: Object.fromEntries(guests.map((guest) => [`c${guest.vm_id}`, guest])),
});

const labs: Lab[] = [];
const open = (node: Partial<PveNode> = {}, asRoot = false): Lab => {
  const lab = new Lab({ storages: [LOCAL, TANK], volumes: [TEMPLATE], ...node }, asRoot);
  labs.push(lab);
  return lab;
};
afterAll(() => labs.forEach((lab) => lab.close()));

/** Actions of the next plan by resource name, without those at rest. */
async function nextActions(lab: Lab): Promise<Record<string, string>> {
  const { resource_changes: changes } = await lab.plan();
  const busy = (changes ?? []).filter((change) => actionOf(change) !== 'none');
  return Object.fromEntries(busy.map((change) => [change.address.split('.')[1], actionOf(change)]));
}

jest.setTimeout(60_000);

test('settings that never come to rest are planned again right after apply', async () => {
  const lab = open();
  await lab.raise(
    containers(
      container('fine', 200),
      container('upper', 201, { tags: ['Upper'] }),
      container('bare', 202, { initialization: undefined }),
      container('long', 203, { mount_point: [{ volume: 'tank', size: '10240M', path: '/data' }] }),
      container('unitless', 204, { mount_point: [{ volume: 'tank', size: '10', path: '/data' }] }),
      container('canonical', 205, { mount_point: [{ volume: 'tank', size: '10G', path: '/data' }] }),
    ),
  );
  expect(await nextActions(lab)).toEqual({ c201: 'update', c202: 'update', c203: 'replace', c204: 'replace' });
});

test('a taken VMID is adopted in silence: apply succeeds, the stranger is started, the next plan destroys it', async () => {
  const stranger = open();
  await stranger.raise(containers(container('holiday-photos', 102, { started: false, unprivileged: true, cpu: { cores: 3 } })));
  const lab = open({ guests: structuredClone(stranger.world.node.guests), volumes: structuredClone(stranger.world.node.volumes) });
  findGuest(lab.world.node, 'lxc', 102).unprivileged = false;
  await lab.raise(containers(container('n8n', 102)));
  const adopted = findGuest(lab.world.node, 'lxc', 102);
  expect([adopted.name, adopted.status]).toEqual(['holiday-photos', 'running']);
  expect(await nextActions(lab)).toEqual({ c102: 'replace' });
});

test('an overwriting download replaces every container that takes its id when the file upstream changes', async () => {
  const lab = open({ volumes: [] });
  const file = (name: string, overwrite: boolean): Record<string, unknown> => ({
    node_name: 'pve',
    datastore_id: 'local',
    content_type: 'vztmpl',
    url: `https://images.example.org/${name}`,
    file_name: name,
    overwrite,
  });
  const from = (id: string): Record<string, unknown> => ({ operating_system: { template_file_id: id, type: 'debian' } });
  await lab.raise({
    proxmox_download_file: { loose: file('loose.tar.zst', true), pinned: file('pinned.tar.zst', false) },
    ...containers(
      container('loose', 200, from('${proxmox_download_file.loose.id}')),
      container('pinned', 201, { ...from('local:vztmpl/pinned.tar.zst'), depends_on: ['proxmox_download_file.pinned'] }),
    ),
  });
  expect(await nextActions(lab)).toEqual({});
  lab.world.node.downloads = [{ url: '*', sizeMiB: 150 }];
  expect(await nextActions(lab)).toEqual({ loose: 'replace', c200: 'replace' });
});

test('what was changed by hand is seen, except the loss of the last mount point', async () => {
  const lab = open();
  const mount = { mount_point: [{ volume: 'tank', size: '10G', path: '/data' }] };
  await lab.raise(
    containers(
      container('stopped', 200),
      container('deleted', 201),
      container('grown', 202, mount),
      container('unmounted', 203, mount),
      container('rootgrown', 204),
      container('renamed', 205),
    ),
  );
  const { node } = lab.world;
  shutdownGuest(node, ROOT, findGuest(node, 'lxc', 200));
  shutdownGuest(node, ROOT, findGuest(node, 'lxc', 201));
  destroyGuest(node, ROOT, findGuest(node, 'lxc', 201));
  findGuest(node, 'lxc', 202).mounts[0].size = '20G';
  findGuest(node, 'lxc', 203).mounts = [];
  findGuest(node, 'lxc', 204).rootfs.size = '12G';
  findGuest(node, 'lxc', 205).name = 'other';
  expect(await nextActions(lab)).toEqual({ c200: 'update', c201: 'create', c202: 'replace', c204: 'update', c205: 'update' });
  const applied = await lab.apply();
  expect(applied.stderr).toContain('new disk size (8G) has to be greater than the current disk (12G)');
});

test('destroying a protected container fails and leaves it stopped', async () => {
  const lab = open();
  await lab.raise(containers(container('kept', 200, { protection: true })));
  await lab.define({});
  await lab.plan();
  const applied = await lab.apply();
  expect(applied.stderr).toContain("can't remove CT 200 - protection mode enabled");
  expect(findGuest(lab.world.node, 'lxc', 200).status).toBe('stopped');
});

test('a token may turn nesting on at creation, but not change features later', async () => {
  const lab = open();
  await lab.raise(containers(container('nested', 200)));
  await lab.define(containers(container('nested', 200, { features: { nesting: false } })));
  await lab.plan();
  const applied = await lab.apply();
  expect(applied.stderr).toContain('changing feature flags (except nesting) is only allowed for root@pam');
});

test('two configurations of the provider are two callers: a bind mount is made by root and refused to the token', async () => {
  const bind = { mount_point: [{ volume: '/srv/media', path: '/media' }] };
  const lab = open();
  await lab.define(containers(container('token', 200, bind), container('root', 201, { ...bind, provider: 'proxmox.root' })));
  await lab.plan();
  const applied = await lab.apply();
  expect(applied.stderr).toContain('mount point type bind is only allowed for root@pam');
  expect(lab.world.node.guests.map((guest) => guest.vmid)).toEqual([201]);
});

describe('an imported container', () => {
  const planOf = async (guest: Record<string, unknown>, id: string): Promise<[actions: Record<string, string>, lab: Lab]> => {
    const before = open();
    await before.raise(containers(container('n8n', 102)));
    const lab = open({ guests: structuredClone(before.world.node.guests), volumes: structuredClone(before.world.node.volumes) });
    const block = { to: 'proxmox_virtual_environment_container.c102', id };
    await lab.define(containers(guest), { import: [block] });
    return [await nextActions(lab), lab];
  };

  test('is replaced by the first plan, because what created it cannot be read back', async () => {
    expect((await planOf(container('n8n', 102), 'pve/102'))[0]).toEqual({ c102: 'replace' });
  });

  test('only takes in its timeouts when those two are ignored', async () => {
    const [actions, lab] = await planOf({ ...containerConfig('n8n', 102, false), console: undefined, cpu: undefined }, 'pve/102');
    expect(actions).toEqual({ c102: 'update' });
    const tasks = lab.world.node.tasks.length;
    expect((await lab.apply()).code).toBe(0);
    expect(lab.world.node.tasks).toHaveLength(tasks);
    expect(await nextActions(lab)).toEqual({});
  });

  test('is restarted by the first apply when its console block only repeats the defaults, and the guard says so', async () => {
    const [, lab] = await planOf(containerConfig('n8n', 102, false), 'pve/102');
    expect(judge({ plan: await lab.plan(), host: { guests: guestList(lab.world.node) } }).restarts.map(({ causes }) => causes)).toEqual([['console']]);
    expect((await lab.apply()).code).toBe(0);
    expect(lab.world.node.tasks.map((task) => task.type)).toEqual(['vzreboot']);
  });

  test('needs an id of node and VMID', async () => {
    await expect(planOf(container('n8n', 102), '102')).rejects.toThrow('unexpected format of ID (102), expected node/id');
  });
});
