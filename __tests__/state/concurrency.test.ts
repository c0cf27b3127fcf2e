import { once } from 'node:events';
import { text } from 'node:stream/consumers';

import { readObject } from '../../state/s3';
import { parseSnapshot } from '../../state/snapshot';
import { BUILD_TIMEOUT_MS } from '../tools/ensure-tools';
import { AGAIN, ensureEngine } from './engine';
import { BUCKET, RealHouse } from './real-house';

jest.setTimeout(10 * 60_000);

const ROUNDS = AGAIN ? 6 : 20;
/** The lock is held, was let go before its holder could be read, or the winner has changed what the loser's plan was made for. */
const REFUSED = [
  /the state of 'foundation' is locked by \S+@\S+ since 20.+ \(\d min\), for: \w+; nothing was run\.[^]*\.\/house state unlock foundation [0-9a-f-]{36}/,
  /another run held the state of 'foundation' and let go of it just now; nothing was run/,
  /another run has changed the state of 'foundation' since this plan was made; nothing was applied/,
];

let house: RealHouse;
let laptop: RealHouse;
/** Makes the guest anew in each round; long enough for both to be at work at once. */
const define = (round: number) => ({ guest: { triggers_replace: [round], provisioner: [{ 'local-exec': { command: 'sleep 2' } }] } });

beforeAll(async () => {
  ensureEngine();
  house = await RealHouse.make();
  house.define(define(0));
  expect(house.run('bootstrap', '--real')).toMatchObject({ code: 0 });
  laptop = house.elsewhere();
}, BUILD_TIMEOUT_MS);
afterAll(async () => {
  await laptop.remove();
  await house.remove();
});

const snapshot = async () => parseSnapshot(await readObject(house.store(house.key), BUCKET, 'foundation.tfstate'), 'remote')!;

test(`of two applies at once, on two machines, exactly one wins, in ${ROUNDS} rounds of ${ROUNDS}`, async () => {
  const apply = async (machine: RealHouse) => {
    const child = machine.start('apply', 'foundation', '--yes');
    const [, stderr, [code]] = await Promise.all([text(child.stdout!), text(child.stderr!), once(child, 'exit')]);
    return { code: code as number, stderr };
  };
  for (let round = 1; round <= ROUNDS; round++) {
    const { lineage, serial } = await snapshot();
    for (const machine of [house, laptop]) machine.define(define(round));
    const runs = await Promise.all([apply(house), apply(laptop)]);
    const losers = runs.filter(({ code }) => code !== 0);
    expect(losers).toHaveLength(1);
    expect(REFUSED.some((words) => words.test(losers[0]!.stderr)) || losers[0]!.stderr).toBe(true);
    // The one that lost wrote nothing: the state is the winner's, and the lock is free.
    const present = await snapshot();
    expect(present.lineage).toBe(lineage);
    expect(present.serial).toBeGreaterThan(serial);
    expect(JSON.stringify(present.resources)).toContain(`"triggers_replace":{"value":[${round}]`);
    expect(await readObject(house.store(house.key), BUCKET, 'foundation.tfstate.tflock')).toBeUndefined();
  }
});
