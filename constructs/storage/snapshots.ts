import { sum } from '../core/units';
import type { HomelabProps } from '../homelab-props';
import { volumesOf } from '../service/data';

/** Snapshots of the volumes that are kept; moments of a night fall on the same days. */
export const SNAPSHOTS_KEPT = { hourly: 24, daily: 14, monthly: 3 } as const;

const DAYS_OF_A_MONTH = 30;

/**
 * Most that snapshots may hold beside the volumes, in GiB: each kept state differs from the one after it by what is written between the two,
 * and by no more than all volumes may hold. Nothing when no churn is declared.
 */
export function snapshotGiB({ services, storage }: HomelabProps): number {
  const { churnMiBPerDay = 0 } = storage.backup;
  const volumesGiB = sum(services, ({ data }) => sum(volumesOf(data), ({ quotaGiB }) => quotaGiB));
  const between = (days: number): number => Math.min(volumesGiB, (churnMiBPerDay * days) / 1024);
  return Math.ceil(SNAPSHOTS_KEPT.daily * between(1) + SNAPSHOTS_KEPT.monthly * between(DAYS_OF_A_MONTH));
}
