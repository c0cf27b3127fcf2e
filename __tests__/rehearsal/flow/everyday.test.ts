import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HomelabProps } from '../../../constructs';
import { House } from '../../../rehearsal/flow/house';
import { rehearse, type RehearsalResult } from '../../../rehearsal/flow/rehearsal';
import type { PveNode } from '../../../rehearsal/node/pve-node';
import type { UpStep } from '../../../rehearsal/scenarios/scenario';
import { withService } from '../../helpers/alter';
import { smallHouse } from '../../helpers/small-house';
import { synthesized } from '../fixtures/synthesized';
import { anyTool } from '../fixtures/tools';

jest.setTimeout(90_000);

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'everyday-'))));
afterEach(() => rmSync(folder, { recursive: true }));

/** Brings the kept house to what a definition says, as its owner would. */
async function bring(lab: HomelabProps, up: UpStep | null = null): Promise<RehearsalResult> {
  const { stacks, machine, remove } = synthesized(lab);
  const scenario = { title: 'a change', why: '', journey: [{ up }] };
  try {
    return await rehearse({ tool: anyTool(), stacks, machine, scenario, house: new House(folder), progress: () => undefined, say: () => undefined });
  } finally {
    remove();
  }
}

test('a first apply of the whole house configures every service after those it needs', async () => {
  const { unmet, playbookCalls } = await bring(smallHouse);
  expect(unmet).toEqual([]);
  const order = playbookCalls.map((call) => /guests\/([a-z-]+)\.yml/.exec(call)?.[1]);
  expect([...order].sort()).toEqual(['garage', 'miniflux', 'valkey']);
  expect(order.indexOf('valkey')).toBeLessThan(order.indexOf('miniflux'));
});

test('G19: a guest whose configuration is gone and whose disk is there is not made anew beside it', async () => {
  expect((await bring(smallHouse)).unmet).toEqual([]);
  const path = join(folder, 'world.json');
  const world = JSON.parse(readFileSync(path, 'utf8')) as { node: PveNode };
  world.node.guests = world.node.guests.filter(({ vmid }) => vmid !== 4003);
  writeFileSync(path, JSON.stringify(world));
  const { unmet, node } = await bring(smallHouse);
  expect(unmet.join()).toMatch(/this would be made with a new, empty disk beside \S+\/subvol-4003-disk-0, which belongs to no guest/);
  expect(node.guests.map(({ vmid }) => vmid)).not.toContain(4003);
});

test('a renamed service keeps its guest: nothing is made, replaced or destroyed, and the plan after it is empty', async () => {
  expect((await bring(smallHouse)).unmet).toEqual([]);
  const renamed = withService('miniflux', { name: 'reader', role: 'miniflux', formerly: 'miniflux' });
  const { unmet, node } = await bring(renamed, { reboots: 1, expect: { created: [], changed: [4003], replaced: [], destroyed: [] } });
  expect(unmet).toEqual([]);
  expect(node.guests.find(({ vmid }) => vmid === 4003)).toMatchObject({ name: 'reader', status: 'running', protection: true });
});

test('G26: the guest of the object store gets another address: it restarts when that is announced, keeps its MAC address and disks, and is configured anew', async () => {
  const before = (await bring(smallHouse)).node.guests.find(({ vmid }) => vmid === 4001)!;
  const [store] = smallHouse.services.filter(({ vmId }) => vmId === 4001);
  const elsewhere = withService(store!.name, { address: '10.61.6.77' });
  const moved = { ...elsewhere, state: { ...elsewhere.state, formerly: { address: store!.address } } };
  expect((await bring(moved)).unmet.join()).toContain('would restart');
  const { unmet, node, playbookCalls } = await bring(moved, { allow: ['changes-network:4001'], reboots: 1, expect: { created: [], changed: [4001], replaced: [], destroyed: [], restarted: [4001] } });
  expect(unmet).toEqual([]);
  const after = node.guests.find(({ vmid }) => vmid === 4001)!;
  expect(JSON.stringify(after)).toContain('10.61.6.77');
  const lasting = (guest: typeof before) => JSON.stringify(guest).replaceAll(store!.address, '').replaceAll('10.61.6.77', '');
  expect(lasting(after)).toBe(lasting(before));
  expect(playbookCalls.join()).toContain('guests/garage.yml');
}, 150_000);

describe('G29: a template is renewed', () => {
  const { template } = smallHouse;
  const newer = { ...template, vmId: 7001, name: 'plucky-seed', image: { ...template.image, url: template.image.url.replaceAll(/\d{8}/g, '20260601') } };

  test('beside the old one, under a name and VMID of its own: nothing is destroyed, and the old one is left as it is', async () => {
    expect((await bring(smallHouse)).unmet).toEqual([]);
    const renewed = { ...smallHouse, template: newer, retiredTemplates: [{ name: template.name, vmId: template.vmId }] };
    expect((await bring(renewed)).unmet).toContainEqual(expect.stringContaining('this would leave the virtual machine 7000 (noble-seed)'));
    const { unmet, node } = await bring(renewed, { allow: ['forgets-guest:7000'], expect: { created: [7001], changed: [], replaced: [], destroyed: [] } });
    expect(unmet).toEqual([]);
    const templates = node.guests.filter(({ vmid }) => [7000, 7001].includes(vmid));
    expect(templates.map(({ vmid, name }) => [vmid, name])).toEqual([[7000, 'noble-seed'], [7001, 'plucky-seed']]);
  });

  test('in its place: the refusal names the template, the value and the way', async () => {
    expect((await bring(smallHouse)).unmet).toEqual([]);
    const [vmId] = (await bring({ ...smallHouse, template: { ...template, vmId: 7001 } })).unmet;
    expect(vmId).toMatch(/virtual machine 7000 \(noble-seed\) because of vm_id 7000 -> 7001[^]*docs\/everyday.md/);
    const [disk] = (await bring({ ...smallHouse, template: { ...template, diskGiB: template.diskGiB + 4 } })).unmet;
    expect(disk).toContain('this would change what clones of the virtual machine 7000 (noble-seed) stand on: disk[0].size 9 -> 13');
  });
});
