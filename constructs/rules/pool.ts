import type { Problem } from '../core/problem';
import type { HomelabProps } from '../homelab-props';

const fewestDisks = { mirror: 2, raidz1: 3, raidz2: 4 };

/** The pool, its datasets, and what it shall become. */
export function checkPool(lab: HomelabProps): Problem[] {
  const { pool, datasets, backup, volumesDataset } = lab.storage;
  const problems: Problem[] = [];
  const report = (rule: string, got: string, remedy: string): void => void problems.push({ path: 'foundation/storage', rule, got, remedy });

  for (const dataset of datasets) {
    if (dataset.mountpoint !== `/${pool.name}/${dataset.name}`) {
      const rule = `dataset '${dataset.name}' is mounted at /${pool.name}/${dataset.name}, where Proxmox VE looks for it`;
      report(rule, dataset.mountpoint, 'use that mount point');
    }
  }
  if (!datasets.some((dataset) => dataset.name === volumesDataset)) {
    report("'volumesDataset' is one of the datasets", `'${volumesDataset}'`, `declare the dataset '${volumesDataset}'`);
  }
  if (!datasets.some((dataset) => backup.path === dataset.mountpoint || backup.path.startsWith(`${dataset.mountpoint}/`))) {
    report('backups lie inside a dataset, never on the root disk', backup.path, 'declare a dataset that holds the path');
  }
  if (backup.keepDaily + backup.keepWeekly + backup.keepMonthly === 0) {
    report('at least one backup of a guest is kept', 'keepDaily, keepWeekly and keepMonthly are 0', 'keep some: with none, Proxmox VE keeps all until the disk is full');
  }
  if (pool.arcMaxMiB < lab.host.memoryMiB / 32) {
    report('the ARC limit is above the smallest ARC that ZFS allows (RAM / 32)', `${pool.arcMaxMiB} MiB`, 'raise arcMaxMiB');
  }
  return [...problems, ...checkIntent(lab)];
}

/** A layout that can really be reached from today's, with the disks and ports that there are. */
function checkIntent(lab: HomelabProps): Problem[] {
  const { pool } = lab.storage;
  const { intent } = pool;
  if (!intent) return [];
  const problems: Problem[] = [];
  const got = `${intent.layout} of ${intent.disks} by ${intent.by}`;
  const report = (rule: string, remedy: string): void => void problems.push({ path: 'foundation/storage', rule, got, remedy });

  if (intent.disks < fewestDisks[intent.layout]) report(`${intent.layout} takes ${fewestDisks[intent.layout]} disks or more`, 'plan more disks');
  if (pool.layout === 'single' && intent.layout !== 'mirror' && intent.by === 'attach') {
    report('a single disk cannot become RAIDZ in place', "plan by 'new-pool' (build beside it, copy, rename), or a mirror by 'attach'");
  }
  // Building beside the old pool needs a port for every new disk while the old one is still plugged in.
  const others = lab.host.disks.filter((disk) => disk.sata && disk.purpose === 'boot').length;
  const old = intent.by === 'new-pool' ? lab.host.disks.filter((disk) => disk.sata && disk.purpose === 'pool').length : 0;
  if (others + old + intent.disks > lab.host.sataPorts) {
    const rule = `${lab.host.sataPorts} SATA ports carry the plan (${others + old} stay in use meanwhile)`;
    report(rule, 'plan fewer disks, or a controller with more ports');
  }
  return problems;
}
