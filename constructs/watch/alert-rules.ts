import type { AlertRule } from '../core/watch';

/** What thresholds depend on in the definition. */
export interface Thresholds {
  /** Share of the pool above which the owner is warned. */
  readonly poolShare: number;
  /** Hours after which the newest backup of a guest is too old. */
  readonly backupHours: number;
}

/** pve-backup-verify looks once a day, some hours after the backup: what it last saw may be that much older. */
const VERIFY_LAG_HOURS = 4;
/** A dump is made every night, and the guest's own timer makes one that the host missed. */
const DUMP_HOURS = 26;
/** Debian scrubs on the second Sunday of a month. */
const SCRUB_DAYS = 40;
const CERTIFICATE_DAYS = 21;
const DAY_SEC = 86_400;

/** File systems that hold nothing, or another machine's files. */
const FILE_SYSTEMS = '{fstype!~"tmpfs|ramfs|overlay|squashfs|efivarfs|fuse.*"}';

/** Everything that somebody must be told of, with what to do about it. */
export function alertRules(thresholds: Thresholds): AlertRule[] {
  return [...machineRules, ...serviceRules, ...hostRules(thresholds), ...copyRules(thresholds)];
}

const machineRules: readonly AlertRule[] = [
  { alert: 'TargetDown', expr: 'up == 0', for: '5m', severity: 'critical', about: 'job', says: 'its metrics cannot be read', remedy: 'ask it with ./house health; if it is well, look at the unit of its exporter' },
  { alert: 'DiskFills', expr: `node_filesystem_avail_bytes${FILE_SYSTEMS} / node_filesystem_size_bytes${FILE_SYSTEMS} < 0.1`, for: '15m', severity: 'warning', about: 'mountpoint', says: 'less than a tenth is free on a file system', remedy: 'remove what is not needed, or raise diskGiB or quotaGiB in the definition' },
  { alert: 'MemoryShort', expr: 'node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes < 0.1', for: '15m', severity: 'warning', says: 'it is at its memory ceiling', remedy: 'raise memoryMiB in the definition, or find what grew' },
  { alert: 'UnitFailed', expr: 'node_systemd_unit_state{state="failed"} == 1', for: '10m', severity: 'warning', about: 'name', says: 'a unit has failed', remedy: 'read why with journalctl, then systemctl restart' },
  { alert: 'RestartLoop', expr: 'increase(node_systemd_service_restart_total[15m]) > 3', for: '0m', severity: 'critical', about: 'name', says: 'a service ends and is started again and again', remedy: 'read why with journalctl' },
  { alert: 'FactsOld', expr: 'time() - node_textfile_mtime_seconds{file=~".*/machine-metrics.prom"} > 900', for: '5m', severity: 'warning', says: 'it has measured nothing for a quarter of an hour', remedy: 'look at machine-metrics.timer on it' },
];

const serviceRules: readonly AlertRule[] = [
  { alert: 'HealthRed', expr: 'probe_success == 0 or homelab_health_ok == 0', for: '3m', severity: 'critical', says: 'it is not well by the health check of its definition', remedy: './house health says what it answers' },
  { alert: 'CertificateEnds', expr: `probe_ssl_earliest_cert_expiry - time() < ${CERTIFICATE_DAYS * DAY_SEC}`, for: '1h', severity: 'warning', says: `its certificate ends within ${CERTIFICATE_DAYS} days`, remedy: './house secrets rotate --expired, then play its guest' },
];

function hostRules({ poolShare }: Thresholds): AlertRule[] {
  return [
    { alert: 'GuestStopped', expr: 'homelab_guest_running == 0', for: '5m', severity: 'critical', about: 'guest', says: 'a guest of the definition does not run', remedy: 'start it, or find out who stopped it' },
    { alert: 'Drift', expr: 'homelab_guest_as_defined == 0', for: '30m', severity: 'warning', about: 'guest', says: 'a guest is not as it is defined', remedy: './house drift says what differs' },
    { alert: 'PoolFills', expr: `homelab_pool_allocated_ratio > ${poolShare}`, for: '15m', severity: 'warning', about: 'pool', says: `the pool is more than ${Math.round(poolShare * 100)} % full`, remedy: 'remove snapshots and archives, or add disks; a full ZFS pool gets slow' },
    { alert: 'PoolSick', expr: 'homelab_pool_online == 0', for: '1m', severity: 'critical', about: 'pool', says: 'the pool is not ONLINE', remedy: 'zpool status -x names the disk' },
    { alert: 'ScrubOld', expr: `time() - homelab_pool_scrub_timestamp_seconds > ${SCRUB_DAYS * DAY_SEC}`, for: '1h', severity: 'warning', about: 'pool', says: `no scrub has ended for ${SCRUB_DAYS} days`, remedy: 'zpool scrub, and look for what keeps the monthly one from running' },
    { alert: 'ScrubErrors', expr: 'homelab_pool_scrub_errors > 0', for: '0m', severity: 'critical', about: 'pool', says: 'the last scrub found errors', remedy: 'zpool status -v names the files; restore them' },
  ];
}

function copyRules({ backupHours }: Thresholds): AlertRule[] {
  const backupSec = (backupHours + VERIFY_LAG_HOURS) * 3600;
  return [
    { alert: 'BackupOld', expr: `time() - pve_backup_newest_timestamp_seconds > ${backupSec}`, for: '30m', severity: 'critical', about: 'of', says: 'a guest has no young backup', remedy: 'docs/backup-strategy.md; the task log of vzdump says why' },
    { alert: 'BackupUnreadable', expr: 'pve_backup_newest_readable == 0', for: '0m', severity: 'critical', about: 'of', says: 'the newest backup cannot be read', remedy: 'make another one now, then look at the disk' },
    { alert: 'BackupUnwatched', expr: 'absent(pve_backup_newest_timestamp_seconds)', for: '25h', severity: 'critical', says: 'nobody has looked at the backups for a day', remedy: 'look at pve-backup-verify.timer on the host' },
    { alert: 'DumpOld', expr: `time() - homelab_dump_newest_timestamp_seconds > ${DUMP_HOURS * 3600}`, for: '30m', severity: 'critical', says: 'its data was not dumped last night', remedy: 'journalctl -u service-dump on the guest' },
  ];
}
