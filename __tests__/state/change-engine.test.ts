import { once } from 'node:events';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

import { ENGINES } from '../../state/engines/engine';
import type { ObjectStoreEngine } from '../../state/object-store';
import { createObject, readObject } from '../../state/s3';
import { parseSnapshot } from '../../state/snapshot';
import { BUILD_TIMEOUT_MS } from '../tools/ensure-tools';
import { ensureEngine } from './engine';
import { GUESTS, writeStoreFacts } from './lab';
import { BUCKET, RealHouse, says } from './real-house';

jest.setTimeout(4 * 60_000);

const [seaweedfs, minio] = ENGINES as [ObjectStoreEngine, ObjectStoreEngine];
const SERVICES = { photos: {} };
const PLAYBOOK = ['cdktf.out', 'ansible', 'playbooks', 'guests'];

let house: RealHouse;
beforeAll(async () => {
  for (const engine of ENGINES) ensureEngine(engine);
  house = await RealHouse.make(minio);
  house.define(GUESTS, SERVICES);
  // In place of the role that installs the server: the play asks this test to do it, and waits.
  const tasks = [
    { 'ansible.builtin.copy': { content: 'asked', dest: '{{ playbook_dir }}/asked.txt', mode: '0600' } },
    { 'ansible.builtin.wait_for': { path: '{{ playbook_dir }}/installed.txt', timeout: 120 } },
  ];
  writeFileSync(house.project.path(...PLAYBOOK, 'minio.yml'), JSON.stringify([{ hosts: 'localhost', connection: 'local', gather_facts: false, tasks }]));
  tell('installed.txt');
  expect(house.run('bootstrap', '--real').output).toContain('the state is in the object store, and only there');
  // Both stacks have a state, so that there is work to be killed in after the first one is put.
  expect(house.run('apply', 'services', '--yes').code).toBe(0);
}, BUILD_TIMEOUT_MS * 2);
afterAll(() => house?.remove());

const path = (name: string) => house.project.path(...PLAYBOOK, name);
const tell = (name: string) => writeFileSync(path(name), '');
const stateOf = async (name: string) => parseSnapshot(await readObject(house.store(house.key), BUCKET, `${name}.tfstate`), name);

/** Starts the change, and installs the engine when the play asks for it; the play still waits then. */
async function start(engine: ObjectStoreEngine) {
  for (const name of ['asked.txt', 'installed.txt']) rmSync(path(name), { force: true });
  const child = house.start('change-engine');
  while (!existsSync(path('asked.txt')) && child.exitCode === null) await sleep(50);
  await house.changeEngine(engine);
  return child;
}

test('an apply is refused while another engine answers than the definition says, and the dry run says what would be done', async () => {
  writeStoreFacts(house.project, seaweedfs);
  const apply = house.apply();
  expect(apply).toMatchObject({ code: 1, stderr: expect.stringContaining('the definition keeps the state in seaweedfs, and minio answers at') });
  expect(apply.stderr).toContain('./house state change-engine');
  const dry = house.run('change-engine', '--dry-run');
  expect(dry.stdout).toMatch(/minio answers[^]*would \[1\] keep encrypted copies[^]*would \[2\] install[^]*would \[5\] put the state of services into the new engine\n$/);
  expect(existsSync(house.project.path('.state', 'change-engine-to-seaweedfs.json'))).toBe(false);
});

test('killed between the two programs and between the two states, it goes on, and both states are whole', async () => {
  const before = [await stateOf('foundation'), await stateOf('services')];
  const first = await start(seaweedfs);
  process.kill(-first.pid!, 'SIGKILL');
  await once(first, 'exit');
  tell('installed.txt');
  const second = house.start('change-engine');
  const said = await says(second, /put the state of foundation into the new engine: done/);
  expect(said).toMatch(/an earlier run was interrupted, going on with it[^]*copies of both states outside the object store: was done before/);
  process.kill(-second.pid!, 'SIGKILL');
  await once(second, 'exit');
  const third = house.run('change-engine');
  expect(third.stdout).toContain('the state is kept by seaweedfs');
  expect(third.code).toBe(0);
  expect([await stateOf('foundation'), await stateOf('services')]).toEqual(before);
  expect(before.every(Boolean)).toBe(true);
  expect(house.run('change-engine').stdout).toContain('nothing to change');
});

test('the house goes on with the other engine, and can go back: what the first one kept becomes an earlier version', async () => {
  house.define({ ...GUESTS, n8n: { input: { vm_id: 102 } } });
  expect(house.apply().output).toContain('copied, encrypted, to');
  const applied = await stateOf('foundation');
  writeStoreFacts(house.project, minio);
  const child = await start(minio);
  tell('installed.txt');
  expect(await once(child, 'exit')).toEqual([0, null]);
  expect(await stateOf('foundation')).toMatchObject({ lineage: applied!.lineage, resources: applied!.resources });
  expect(house.run('versions', 'foundation').stdout.trim().split('\n').length).toBeGreaterThan(1);
  expect(house.run('run', 'foundation', '--', 'plan').output).toContain('No changes');
});

test('a state of another house in the other engine is left as it is', async () => {
  writeStoreFacts(house.project, seaweedfs);
  const foreign = JSON.stringify({ version: 4, serial: 3, lineage: 'another-house', resources: [], outputs: {} });
  rmSync(house.project.path('objects', 'seaweedfs'), { recursive: true });
  const child = await start(seaweedfs);
  await seaweedfs.configure(house.store(house.admin), BUCKET, house.key, []);
  await createObject(house.store(house.key), BUCKET, 'foundation.tfstate', foreign);
  tell('installed.txt');
  expect(await once(child, 'exit')).toEqual([1, null]);
  expect(await readObject(house.store(house.key), BUCKET, 'foundation.tfstate')).toBe(foreign);
});
