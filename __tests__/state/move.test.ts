import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

import { createObject, readObject } from '../../state/s3';
import { requireS3 } from '../../state/s3-request';
import { parseSnapshot } from '../../state/snapshot';
import { BUILD_TIMEOUT_MS } from '../tools/ensure-tools';
import { ensureEngine } from './engine';
import { GUESTS } from './lab';
import { BUCKET, RealHouse } from './real-house';

jest.setTimeout(5 * 60_000);

const SERVICES = { n8n: { input: { vm_id: 102 } } };
/** The guest of the object store has another address in the definition. */
const MOVED = { ...GUESTS, minio: { ...GUESTS.minio, input: { vm_id: 105, address: 'another' } } };

/** In place of the role that installs the server: ends when this test has started it at its new place. */
const playbook = (answers: string) => [
  { name: 'Install minio', hosts: 'localhost', connection: 'local', gather_facts: false, tasks: [{ name: 'Wait until the server answers', 'ansible.builtin.wait_for': { path: answers, timeout: 60, sleep: 1 } }] },
];

let house: RealHouse;
beforeAll(async () => {
  ensureEngine();
  house = await RealHouse.make();
  house.define(GUESTS, SERVICES);
  expect(house.run('bootstrap', '--real').code).toBe(0);
  expect(house.run('apply', 'services', '--yes').code).toBe(0);
  writeFileSync(house.project.path('cdktf.out', 'ansible', 'playbooks', 'guests', 'minio.yml'), JSON.stringify(playbook(house.project.path('answers'))));
}, BUILD_TIMEOUT_MS);
afterAll(() => house?.remove());

const object = (key: string) => readObject(house.store(house.key), BUCKET, key);
const remote = async (stack: string) => parseSnapshot(await object(`${stack}.tfstate`), stack)!;
const names = async (stack: string) => ((await remote(stack)).resources as { name: string }[]).map(({ name }) => name).sort();
const local = () => readdirSync(house.project.path('.state')).filter((name) => /(?:\.tfstate|move\.json)$/.test(name));
const isPlanEmpty = (stack: string) => house.run('run', stack, '--', 'plan', '-detailed-exitcode').code === 0;

/** Runs a move, and does something once when it says a line. @returns its exit code, null when it was killed */
async function move(at: RegExp, then: (kill: () => void) => void | Promise<void>): Promise<number | null> {
  const child = house.start('move', '--yes');
  const exit = once(child, 'exit') as Promise<[number | null]>;
  let isDone = false;
  for await (const line of createInterface({ input: child.stdout! })) {
    if (isDone || !at.test(line)) continue;
    isDone = true;
    await then(() => process.kill(-child.pid!, 'SIGKILL'));
  }
  expect(isDone).toBe(true);
  return (await exit)[0];
}

describe('G26: an object store whose address moves as declared', () => {
  let before: Record<'foundation' | 'services', NonNullable<ReturnType<typeof parseSnapshot>>>;

  test('waits for the move: nothing else is run', async () => {
    before = { foundation: await remote('foundation'), services: await remote('services') };
    await house.moveAddress();
    house.define(MOVED, SERVICES);
    expect(house.run('apply', 'foundation', '--yes')).toMatchObject({ code: 1, stderr: expect.stringContaining('move it: ./house state move, see docs/state/move.md') });
  });

  test('is killed while the states are taken, and while the guest gets its address', async () => {
    expect(await move(/^state: foundation: lineage/, (kill) => kill())).toBeNull();
    expect(house.run('backup')).toMatchObject({ code: 1, stderr: expect.stringContaining('the state is being moved') });
    // From then on the old address is gone, as when the guest restarts.
    const restart = async (kill: () => void) => {
      kill();
      await house.server!.stop();
    };
    expect(await move(/terraform_data.minio: Modifying/, restart)).toBeNull();
    expect(local()).toEqual(['foundation.tfstate', 'move.json', 'services.tfstate']);
    await house.startServer();
    writeFileSync(house.project.path('answers'), '');
  });

  test.each([5, 9])('is killed at the end of step %i, going on from the kill before', async (step) => {
    await move(new RegExp(`^state: \\[${step}/10\\] .*: done$`), (kill) => kill());
    // Each state is somewhere at every moment, whole.
    if (step < 9) expect(local()).toEqual(expect.arrayContaining(['foundation.tfstate', 'services.tfstate']));
    else expect([await names('foundation'), await names('services')]).toEqual([['dns', 'minio', 'slow'], ['n8n']]);
  });

  test('ends with both states at the new address alone, of the same lineage, nothing lost and nobody locked out', async () => {
    const last = house.run('move', '--yes');
    expect(last.output).toMatch(/drop 'state.formerly'/);
    expect(last.code).toBe(0);
    expect((await remote('services')).resources).toEqual(before.services.resources);
    expect([(await remote('foundation')).lineage, (await remote('services')).lineage]).toEqual([before.foundation.lineage, before.services.lineage]);
    expect((await remote('foundation')).serial).toBeGreaterThan(before.foundation.serial);
    expect([await object('foundation.tfstate.tflock'), await object('services.tfstate.tflock')]).toEqual([undefined, undefined]);
    expect(local()).toEqual([]);
    house.forgetMove();
    expect([isPlanEmpty('foundation'), isPlanEmpty('services')]).toEqual([true, true]);
  });

  test('is not moved again', async () => {
    expect(house.run('move', '--yes')).toMatchObject({ code: 1, stderr: expect.stringContaining('the definition does not say that the state moves') });
  });
});

/** The same house on a machine that has not pulled the definition with the move. */
let clone: RealHouse;

test('a move that cannot begin leaves everything as it was', async () => {
  const lock = JSON.stringify({ ID: 'a-run-at-work', Operation: 'OperationTypeApply', Who: 'somebody@desk', Created: new Date().toISOString() });
  const old = house.store(house.key);
  clone = house.elsewhere();
  expect(await createObject(old, BUCKET, 'services.tfstate.tflock', lock)).toBe(true);
  await house.moveAddress();
  house.define(MOVED, SERVICES);
  expect(house.run('move', '--yes')).toMatchObject({ code: 1, stderr: expect.stringContaining("the state of 'services' is locked by somebody@desk") });
  expect(local()).toEqual([]);
  expect(await readObject(old, BUCKET, 'foundation.tfstate.tflock')).toBeUndefined();
  await requireS3(old, 'test', { method: 'DELETE', path: `/${BUCKET}/services.tfstate.tflock` });
});

test('another object store takes the states over, and the old one is locked for whoever still knows it only', async () => {
  const former = house.server!;
  await house.startServer('another');
  writeFileSync(house.project.path('answers'), '');
  expect(house.run('move', '--yes')).toMatchObject({ code: 0, stdout: expect.stringContaining(`${house.endpoint}, and only there`) });
  expect([await names('foundation'), await names('services')]).toEqual([['dns', 'minio', 'slow'], ['n8n']]);
  house.forgetMove();
  expect([isPlanEmpty('foundation'), isPlanEmpty('services')]).toEqual([true, true]);
  expect(existsSync(house.project.path('.state', 'move.json'))).toBe(false);
  clone.define(MOVED, { ...SERVICES, vikunja: { input: 'made twice' } });
  expect(clone.run('apply', 'services', '--yes')).toMatchObject({ code: 1, stderr: expect.stringContaining(`for: move to ${house.endpoint}; nothing was run`) });
  clone.project.remove();
  await former.stop();
});
