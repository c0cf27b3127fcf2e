import type { CapacitySummary, Gauge } from '../core/summary';
import type { Problem } from '../core/problem';
import { poolWarnShare, sum } from '../core/units';
import type { HomelabProps } from '../homelab-props';
import { volumesOf } from '../service/data';
import { snapshotGiB } from '../storage/snapshots';
import type { ServiceProps } from '../service/service-props';

const defaults = { memoryReserveMiB: 2048, cpuWarnRatio: 5, cpuMaxRatio: 8, poolWarnShare };

/** Adds up what the house promises against what the machine has. */
export function capacityOf(lab: HomelabProps): CapacitySummary {
  return { memory: memoryGauge(lab), cpu: cpuGauge(lab), pool: poolGauge(lab) };
}

function memoryGauge(lab: HomelabProps): Gauge {
  const { host, storage } = lab;
  const reserve = host.memoryReserveMiB ?? defaults.memoryReserveMiB;
  // A container's memory is a ceiling, not a reservation: above the budget the host may swap, above the machine it lies.
  return {
    unit: 'MiB',
    parts: byTier(lab, 'memoryMiB'),
    budget: host.memoryMiB - storage.pool.arcMaxMiB - reserve,
    limit: host.memoryMiB,
  };
}

function cpuGauge(lab: HomelabProps): Gauge {
  const { cores } = lab.host;
  return {
    unit: 'vCPU',
    parts: byTier(lab, 'cores'),
    budget: Math.floor(cores * (lab.budget?.cpuWarnRatio ?? defaults.cpuWarnRatio)),
    limit: Math.floor(cores * (lab.budget?.cpuMaxRatio ?? defaults.cpuMaxRatio)),
  };
}

function poolGauge(lab: HomelabProps): Gauge {
  const { pool, datasets, backup } = lab.storage;
  return {
    unit: 'GiB',
    parts: [
      { label: 'root disks', amount: sum(lab.services.filter((service) => onPool(lab, service)), (service) => service.diskGiB) + lab.template.diskGiB },
      { label: 'volumes', amount: sum(lab.services, (service) => sum(volumesOf(service.data), (volume) => volume.quotaGiB) + furtherGiB(service, lab.storage.pool.name, pool.name)) },
      { label: 'other datasets', amount: sum(datasets, (dataset) => dataset.quotaGiB ?? 0) },
      { label: 'backups', amount: backup.quotaGiB },
      ...(backup.churnMiBPerDay === undefined ? [] : [{ label: 'snapshots', amount: snapshotGiB(lab) }]),
    ],
    budget: Math.floor(pool.usableGiB * (lab.budget?.poolWarnShare ?? defaults.poolWarnShare)),
    limit: pool.usableGiB,
  };
}

function onPool({ storage }: HomelabProps, { rootStorage = storage.pool.name }: ServiceProps): boolean {
  return rootStorage === storage.pool.name;
}

/** GiB of the further disks of a virtual machine that lie on a storage. */
function furtherGiB({ vm }: ServiceProps, pool: string, storage: string): number {
  return sum((vm?.disks ?? []).filter((disk) => (disk.storage ?? pool) === storage), ({ sizeGiB }) => sizeGiB);
}

function byTier(lab: HomelabProps, amount: 'cores' | 'memoryMiB'): Gauge['parts'] {
  const tiers = (['platform', 'app'] as const).map((tier) => ({
    label: tier as string,
    amount: sum(lab.services.filter((service) => service.tier === tier), (service) => service[amount]),
  }));
  const adopted = sum(lab.adopted ?? [], (guest) => guest[amount] ?? lab.host[amount]);
  const known = sum(lab.known ?? [], (guest) => guest[amount]);
  const others = [{ label: 'adopted guests', amount: adopted }, { label: 'known guests', amount: known }];
  return [...tiers, ...others.filter((part) => part.amount > 0)];
}

const gauges = [
  { key: 'memory', what: 'RAM ceilings of all guests', remedy: "lower 'memoryMiB' of the largest guests, or move one elsewhere" },
  { key: 'cpu', what: 'vCPUs of all guests', remedy: "lower 'cores' of the largest guests, or raise 'budget.cpuMaxRatio'" },
  { key: 'pool', what: 'disks, volumes and backups', remedy: "lower quotas or 'backup.quotaGiB', or add disks to the pool" },
] as const;

/** Refuses a house that promises more than the machine has. */
export function checkCapacity(lab: HomelabProps): Problem[] {
  const capacity = capacityOf(lab);
  const ofMachine = gauges.flatMap(({ key, what, remedy }) => {
    const gauge = capacity[key];
    const total = sum(gauge.parts, (part) => part.amount);
    if (total <= gauge.limit) return [];
    const parts = gauge.parts.map((part) => `${part.label} ${part.amount}`).join(', ');
    const rule = `${what} stay within the machine's ${gauge.limit} ${gauge.unit}`;
    return [{ path: 'host', rule, got: `${total} ${gauge.unit} (${parts})`, remedy }];
  });
  return [...ofMachine, ...checkOthers(lab)];
}

/** Root disks on another storage fit it. */
function checkOthers({ services, storage }: HomelabProps): Problem[] {
  return (storage.others ?? []).flatMap(({ id, sizeGiB }) => {
    const total = sum(services.filter(({ rootStorage }) => rootStorage === id), ({ diskGiB }) => diskGiB) + sum(services, (service) => furtherGiB(service, storage.pool.name, id));
    if (total <= sizeGiB) return [];
    return [{ path: 'host', rule: `disks stay within the ${sizeGiB} GiB of storage '${id}'`, got: `${total} GiB`, remedy: "lower 'diskGiB', or put some on another storage" }];
  });
}

/** Warns where a house fits the machine but not the budget. */
export function capacityNotices(lab: HomelabProps): string[] {
  const capacity = capacityOf(lab);
  return gauges.flatMap(({ key, what }) => {
    const gauge = capacity[key];
    const total = sum(gauge.parts, (part) => part.amount);
    if (total <= gauge.budget) return [];
    return [`${what} come to ${total} ${gauge.unit}, above the budget of ${gauge.budget} (the machine has ${gauge.limit})`];
  });
}
