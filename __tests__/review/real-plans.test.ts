import { findGuest } from '../../rehearsal/node/guests';
import { guestList } from '../../rehearsal/node/guest-list';
import type { Storage, Volume } from '../../rehearsal/node/pve-node';
import { judge, type Question, type Verdict } from '../../review/judge';
import { readPermissions } from '../../review/permission';
import { containerConfig } from '../rehearsal/fixtures/house';
import { Lab, type Resources } from '../rehearsal/fixtures/lab';
import { CONTAINER, rules, words } from './plans';

jest.setTimeout(60_000);

const TANK: Storage = { id: 'tank', type: 'zfspool', location: 'tank', content: ['images', 'rootdir'], nodes: [], disable: false, shared: false, settings: {} };
const LOCAL: Storage = { ...TANK, id: 'local', type: 'dir', location: '/var/lib/vz', content: ['vztmpl'] };
const TEMPLATE: Volume = { volid: 'local:vztmpl/debian-13-standard_13.1-2_amd64.tar.zst', storage: 'local', content: 'vztmpl', sizeGiB: 0.125 };

type Block = Record<string, unknown>;
const n8n = (changes: Block = {}): Block => ({ ...containerConfig('n8n', 102, true), ...changes });
const cloud = (changes: Block = {}): Block => ({ ...containerConfig('cloudflared', 100, false), ...changes });
const house = (guests: Record<string, Block>): Resources => ({ [CONTAINER]: guests });

let lab: Lab;
beforeEach(async () => {
  lab = new Lab({ storages: [LOCAL, TANK], volumes: [TEMPLATE] }, false);
  await lab.raise(house({ n8n: n8n(), cloudflared: cloud() }));
});
afterEach(() => lab.close());

/** What the judge says of a plan that the real Terraform makes. */
async function judged(resources: Resources | null, question: Partial<Question> & { blocks?: Block } = {}): Promise<Verdict> {
  const { blocks, ...more } = question;
  if (resources) await lab.define(resources, blocks);
  return judge({ plan: await lab.plan(), host: { guests: guestList(lab.world.node) }, ...more });
}

test('a house at rest has nothing to say', async () => {
  expect(await judged(null)).toEqual({ objections: [], allowed: [], restarts: [], notes: [], unused: [] });
});

test('G27: a renamed guest is one thing; the moved way keeps it as it is', async () => {
  const renamed = house({ n8n: n8n(), tunnel: cloud() });
  const verdict = await judged(renamed, { permissions: readPermissions([`destroys-guest:${CONTAINER}.cloudflared`]) });
  expect(rules(verdict)).toEqual(['renames-guest']);
  expect(words(verdict)).toContain("formerly: 'cloudflared'");
  const moved = await judged(renamed, { blocks: { moved: [{ from: `${CONTAINER}.cloudflared`, to: `${CONTAINER}.tunnel` }] } });
  expect(rules(moved)).toEqual([]);
  const tasks = lab.world.node.tasks.length;
  expect((await lab.apply()).code).toBe(0);
  expect(lab.world.node.tasks).toHaveLength(tasks);
});

test('G28: a guest whose block is gone is destroyed, or forgotten where the stack says so; both are named', async () => {
  expect(rules(await judged(house({ n8n: n8n() })))).toEqual(['destroys-guest']);
  const removed = [{ from: `${CONTAINER}.cloudflared`, lifecycle: { destroy: false } }];
  const forgets = await judged(house({ n8n: n8n() }), { blocks: { removed } });
  expect(forgets.objections).toMatchObject([{ rule: 'forgets-guest', vmid: 100, guest: 'cloudflared' }]);
  expect(rules(await judged(null, { permissions: readPermissions(['forgets-guest:100']) }))).toEqual([]);
});

test('G13 G14 G15: a protection that is lifted, a guest that is stopped, another family for all guests', async () => {
  expect(rules(await judged(house({ n8n: n8n({ protection: false }), cloudflared: cloud() })))).toEqual(['unprotects-guest']);
  expect(rules(await judged(house({ n8n: n8n({ started: false }), cloudflared: cloud() }), { restarts: 9 }))).toEqual(['stops-guest']);
  // The house ignores the type afterwards; a stack that does not is caught.
  const ubuntu = { lifecycle: { prevent_destroy: true, ignore_changes: ['operating_system[0].template_file_id', 'initialization[0].user_account'] }, operating_system: { template_file_id: 'local:vztmpl/ubuntu-24.04.tar.zst', type: 'ubuntu' } };
  expect(rules(await judged(house({ n8n: n8n(ubuntu), cloudflared: cloud(ubuntu) }), { restarts: 9 }))).toEqual(['changes-os-family', 'changes-os-family']);
});

test('G12: a recycled VMID is told with both guests, whatever else was announced', async () => {
  const guest = findGuest(lab.world.node, 'lxc', 102);
  Object.assign(guest, { name: 'holiday-photos', status: 'stopped', description: 'the holidays', memoryMiB: 4096, protection: false });
  guest.networks[0].mac = 'BC:24:11:99:99:99';
  const verdict = await judged(null, { restarts: 9 });
  expect(rules(verdict)).toContain('recycled-guest');
  expect(words(verdict)).toMatch(/guest 102 was 'n8n' with MAC [0-9A-F:]+, it is now 'holiday-photos' with MAC BC:24:11:99:99:99/);
});

test('what was changed by hand, and what gets less, is told', async () => {
  findGuest(lab.world.node, 'lxc', 102).memoryMiB = 4096;
  const { notes, objections } = await judged(null, { restarts: 1 });
  expect(objections).toEqual([]);
  expect(notes.map(({ rule }) => rule)).toEqual(['lowers-guest', 'undoes-drift']);
  expect(notes[1].problem).toContain('memory[0].dedicated 4096 -> 1024');
});

test('G20: an import tells each attribute that it would change, and that it is the right guest', async () => {
  const other = new Lab({ storages: [LOCAL, TANK], volumes: [TEMPLATE], guests: structuredClone(lab.world.node.guests) }, false);
  try {
    const list = guestList(lab.world.node);
    const blocks = { import: [{ to: `${CONTAINER}.n8n`, id: 'pve/102' }] };
    await other.define(house({ n8n: n8n({ description: 'other', cpu: { cores: 3 } }) }), blocks);
    const plan = await other.plan();
    const [named, changed] = judge({ plan, host: { guests: list }, restarts: 9 }).objections;
    expect(named).toMatchObject({ rule: 'imports-guest', vmid: 102 });
    expect(changed.problem).toContain('description the n8n of the fixture -> other');
    const photos = list.map((guest) => (guest.vmid === 102 ? { ...guest, name: 'photos' } : guest));
    expect(rules(judge({ plan, host: { guests: photos }, restarts: 9 }))).toContain('imports-stranger');
  } finally {
    other.close();
  }
});

test('G18: a lost state, and the list of another host', async () => {
  const plan = await lab.plan();
  expect(() => judge({ plan, host: { guests: [] } })).toThrow('lacks 100 (cloudflared), 102 (n8n)');
  const lost = new Lab({ storages: [LOCAL, TANK], volumes: [TEMPLATE], guests: structuredClone(lab.world.node.guests) }, false);
  try {
    await lost.define(house({ n8n: n8n(), cloudflared: cloud() }));
    const verdict = judge({ plan: await lost.plan(), host: { guests: guestList(lab.world.node) }, stack: 'services' });
    expect(rules(verdict)).toEqual(['adopts-guest', 'adopts-guest']);
    expect(words(verdict)).toContain("the state of 'services' is empty, while guests of it are on the host (100, 102)");
  } finally {
    lost.close();
  }
});

test('G17 G21: a VMID that the node would choose, a storage that is switched off', async () => {
  const anybody = await judged(house({ n8n: n8n(), cloudflared: cloud(), fresh: { ...cloud(), vm_id: undefined } }));
  expect(rules(anybody)).toEqual(['unknown-vmid']);
  const storage = (disable: boolean): Resources => ({
    ...house({ n8n: n8n(), cloudflared: cloud() }),
    proxmox_storage_zfspool: { data: { id: 'data', zfs_pool: 'tank', content: ['images', 'rootdir'], disable } },
  });
  await lab.raise(storage(false));
  const verdict = await judged(storage(true));
  expect(rules(verdict)).toEqual(['narrows-storage']);
  expect(words(verdict)).toContain('disable false -> true');
});
