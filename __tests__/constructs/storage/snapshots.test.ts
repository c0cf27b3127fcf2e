import { capacityOf, checkCapacity } from '../../../constructs/rules/capacity';
import { snapshotGiB } from '../../../constructs/storage/snapshots';
import { homelab } from '../../../homelab';
import { withStorage } from '../../helpers/alter';
import { smallHouse } from '../../helpers/small-house';

const churning = (churnMiBPerDay: number | undefined) => withStorage({ backup: { ...smallHouse.storage.backup, churnMiBPerDay } });
const partsOf = (lab: typeof smallHouse) => capacityOf(lab).pool.parts;
const volumesGiB = partsOf(smallHouse).find(({ label }) => label === 'volumes')!.amount;

test('snapshots hold what is written between 14 days and between 3 months', () => {
  // 14 times a day's, 3 times a month's.
  expect(snapshotGiB(churning(100))).toBe(Math.ceil((100 * (14 + 90)) / 1024));
});

test('no state differs from the next by more than all volumes may hold', () => {
  expect(snapshotGiB(churning(10_000_000))).toBe(17 * volumesGiB);
});

test('a house without a declared churn counts no snapshots, and one with it does', () => {
  expect(partsOf(churning(undefined)).map(({ label }) => label)).not.toContain('snapshots');
  expect(partsOf(churning(100))).toContainEqual({ label: 'snapshots', amount: 11 });
});

test('a house whose snapshots do not fit the pool is refused, with the part of each', () => {
  const lab = withStorage({ backup: { ...smallHouse.storage.backup, quotaGiB: smallHouse.storage.pool.usableGiB - volumesGiB, churnMiBPerDay: 10_000_000 } });
  expect(checkCapacity(lab)).toEqual([expect.objectContaining({ rule: expect.stringContaining('disks, volumes and backups stay within'), got: expect.stringMatching(/snapshots \d+\)/) })]);
});

test('this house has room for its snapshots within the budget of its pool', () => {
  const { parts, budget } = capacityOf(homelab).pool;
  expect(parts.map(({ label }) => label)).toContain('snapshots');
  expect(parts.reduce((sum, { amount }) => sum + amount, 0)).toBeLessThanOrEqual(budget);
});
