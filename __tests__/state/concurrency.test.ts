import { cpSync } from 'node:fs';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

import { readObject } from '../../state/s3';
import { parseSnapshot } from '../../state/snapshot';
import { configureStore } from '../../state/configure';
import { Access } from '../../state/access';
import { minio } from '../../state/engines/minio';
import { BUILD_TIMEOUT_MS, ensureTools } from '../tools/ensure-tools';
import { BUCKET, RealHouse } from './real-house';

jest.setTimeout(5 * 60_000);

const ROUNDS = 20;

let house: RealHouse;
beforeAll(async () => {
  ensureTools('age', 'sops', 'minio', 'mc');
  house = await RealHouse.make();
  house.define({ guest: { provisioner: [{ 'local-exec': { command: 'sleep 1' } }] } });
  const { root, keyFile } = house.project;
  configureStore(minio, new Access({ kind: 'real', root, base: house.project.path('.state'), secrets: { root, folder: root, keyFile } }, minio));
}, BUILD_TIMEOUT_MS);
afterAll(() => house.remove());

test(`of two applies at once exactly one wins, in ${ROUNDS} rounds of ${ROUNDS}`, async () => {
  const first = house.project.path('cdktf.out', 'stacks', 'foundation');
  await once(house.terraform(first, ['init', '-no-color']), 'exit');
  const second = house.project.path('cdktf.out', 'stacks', 'second');
  cpSync(first, second, { recursive: true });

  const apply = async (folder: string) => {
    const child = house.terraform(folder, ['apply', '-auto-approve', '-no-color', '-replace=terraform_data.guest']);
    const [stdout, stderr, [code]] = await Promise.all([text(child.stdout!), text(child.stderr!), once(child, 'exit')]);
    return { code: code as number, stdout, stderr };
  };
  const serial = () => parseSnapshot(readObject(house.store(house.key), BUCKET, 'foundation.tfstate'), 'remote')?.serial ?? 0;

  for (let round = 0; round < ROUNDS; round++) {
    const before = serial();
    const runs = await Promise.all([apply(first), apply(second)]);
    const [winners, losers] = [runs.filter(({ code }) => code === 0), runs.filter(({ code }) => code !== 0)];
    expect([winners.length, losers.length]).toEqual([1, 1]);
    expect(losers[0]!.stderr).toMatch(/Error acquiring the state lock[^]*PreconditionFailed[^]*Lock Info/);
    // The one that lost wrote nothing: the state is the winner's, and the lock is free.
    expect(serial()).toBeGreaterThan(before);
    expect(readObject(house.store(house.key), BUCKET, 'foundation.tfstate.tflock')).toBeUndefined();
  }
});
