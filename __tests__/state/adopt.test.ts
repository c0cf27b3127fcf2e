import { mkdirSync, writeFileSync } from 'node:fs';

import { homelab } from '../../homelab';
import type { Container } from '../../rehearsal/node/guest';
import { adoptedFrom, card, running } from '../adopt/running-house';
import { emit } from '../helpers/emitted';
import { BUILD_TIMEOUT_MS } from '../tools/ensure-tools';
import { ensureEngine } from './engine';
import { PveHouse } from './pve-house';

jest.setTimeout(3 * 60_000);

const STATE = './house state';
const CONTAINER = 'proxmox_virtual_environment_container';

/** Every write to what is frozen throws: a stand-in that changed the node would fail in the midst of it. */
function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) deepFreeze(inner);
  }
  return value;
}

let pve: PveHouse;
beforeAll(async () => {
  ensureEngine();
  pve = await PveHouse.make();
  expect((await pve.shell(`${STATE} configure`)).output).toContain('as they should be');
}, BUILD_TIMEOUT_MS);
afterAll(() => pve?.remove());

/** A house that has nothing yet but the guest that keeps its state. */
const house = { ...homelab, services: homelab.services.filter(({ name }) => name === homelab.state.service) };

/** Defines the house as `./house adopt --write --adopted all` and `make synth` do, on a node where it runs. */
function define(containers: readonly Container[], edit: (resource: Record<string, Record<string, unknown>>) => void = () => undefined): void {
  Object.assign(pve.world, { node: { ...pve.world.node, guests: [...containers] } });
  const { adopted, told } = adoptedFrom(containers, house);
  expect(told).toEqual([]);
  const emitted = emit({ ...house, adopted });
  const resource = structuredClone(emitted.stack('services').resource[CONTAINER] ?? {}) as Record<string, Record<string, unknown>>;
  for (const name of Object.keys(resource)) if (!adopted.some((guest) => guest.name === name)) delete resource[name];
  edit(resource);
  Object.assign(pve.containers('services'), resource);
  pve.synth();
  mkdirSync(pve.house.project.path('cdktf.out', 'adopt'), { recursive: true });
  writeFileSync(pve.house.project.path('cdktf.out', 'adopt', 'manifest.json'), emitted.text('adopt/manifest.json'));
}

const guests = [
  running(201, 'jellyfin', { tags: ['community-script', 'media'], description: 'Films\nand music\n' }),
  running(202, 'docker', { unprivileged: false, features: { nesting: 1, keyctl: 1 }, networks: [card(202, 0, { ip: '192.168.88.60/24', gateway: '192.168.88.1' }), card(202, 1, { bridge: 'vmbr0', ip: '10.9.9.2/24', settings: { vlan_id: 30 } })] }),
  running(203, 'stopped', { status: 'stopped', onboot: false, cores: 1, swapMiB: 0 }),
];

test('a guest comes into the state as it is, the second plan is empty, and it is forgotten again', async () => {
  define(guests);
  const before = structuredClone(pve.world.node);
  deepFreeze(pve.world.node);
  const taken = await pve.shell(`${STATE} adopt services --yes`);
  expect(taken.output).toContain('jellyfin, docker, stopped are adopted');
  expect(taken.code).toBe(0);
  expect((await pve.shell(`${STATE} adopt services --yes`)).output).toContain('nothing that could be taken over');
  const left = await pve.shell(`${STATE} disown services jellyfin docker stopped --yes`);
  expect(left.output).toContain('nothing was done on the host');
  expect(left.code).toBe(0);
  expect(pve.world.node).toEqual(before);
});

test('a storage that is defined already comes into the state that a bootstrap begins with; one with other settings is refused', async () => {
  define([]);
  const tank = { id: 'tank', type: 'zfspool' as const, location: 'tank', content: ['images', 'rootdir'], nodes: [] as string[], disable: false, shared: false, settings: { thin_provision: true } };
  const put = (nodes: string[]) => Object.assign(pve.world, { node: { ...pve.world.node, guests: [], storages: [...pve.world.node.storages.filter(({ id }) => id !== 'tank'), { ...tank, nodes }] } });
  writeFileSync(pve.house.project.path('host', 'storages.json'), JSON.stringify([{ storage: 'local' }, { storage: 'tank' }]));
  put([]);
  const refused = await pve.shell(`${STATE} adopt foundation --local --yes`);
  expect(refused.output).toContain('nothing was taken over');
  expect(refused.output).toMatch(/proxmox_storage_zfspool\.tank: nodes.* -> .*pve.*pvesm set tank --nodes pve/);
  expect(refused.code).toBe(1);
  put(['pve']);
  const before = structuredClone(pve.world.node);
  deepFreeze(pve.world.node);
  const taken = await pve.shell(`${STATE} adopt foundation --local --yes`);
  expect(taken.output).toContain('tank is adopted');
  expect(taken.code).toBe(0);
  expect(pve.house.read('.state', 'foundation.tfstate')).toContain('"zfs_pool": "tank"');
  expect(pve.world.node).toEqual(before);
});
