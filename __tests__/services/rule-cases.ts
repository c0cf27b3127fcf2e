/** What makes each alert of the house fire, and what is well: series as promtool writes them, one value a minute from the beginning of time. */
interface RuleCase {
  readonly bad: Readonly<Record<string, string>>;
  readonly well: Readonly<Record<string, string>>;
}

const MINUTES = 1600;
const AT_HOURS = 2;
/** This one waits a day before it fires. */
const WAITS_HOURS: Readonly<Record<string, number>> = { BackupUnwatched: 26 };
const always = (value: number): string => `${value}x${MINUTES}`;
const now = `0+60x${MINUTES}`;
const longAgo = always(-4_000_000);
/** One series that is bad with one value and well with another. */
const one = (series: string, bad: number | string, well: number | string): RuleCase => {
  const values = (value: number | string): string => (typeof value === 'number' ? always(value) : value);
  return { bad: { [series]: values(bad) }, well: { [series]: values(well) } };
};
const share = (part: string, whole: string, bad: number, well: number): RuleCase => ({
  bad: { [part]: always(bad), [whole]: always(100) },
  well: { [part]: always(well), [whole]: always(100) },
});

const pool = '{instance="pve",pool="tank"}';
const guest = '{instance="pve",guest="n8n"}';
const disk = '{instance="n8n",mountpoint="/",fstype="ext4"}';

/** By the name of the alert. */
export const ruleCases: Readonly<Record<string, RuleCase>> = {
  TargetDown: one('up{instance="n8n",job="node"}', 0, 1),
  DiskFills: share(`node_filesystem_avail_bytes${disk}`, `node_filesystem_size_bytes${disk}`, 9, 11),
  MemoryShort: share('node_memory_MemAvailable_bytes{instance="n8n"}', 'node_memory_MemTotal_bytes{instance="n8n"}', 9, 11),
  UnitFailed: one('node_systemd_unit_state{instance="n8n",name="x.service",state="failed"}', 1, 0),
  RestartLoop: one('node_systemd_service_restart_total{instance="n8n",name="x.service"}', `0+1x${MINUTES}`, 5),
  FactsOld: one('node_textfile_mtime_seconds{instance="n8n",file="/var/lib/prometheus/node-exporter/machine-metrics.prom"}', 0, now),
  HealthRed: {
    bad: { 'probe_success{instance="n8n"}': always(1), 'homelab_health_ok{instance="postgresql"}': always(0) },
    well: { 'probe_success{instance="n8n"}': always(1), 'homelab_health_ok{instance="postgresql"}': always(1) },
  },
  CertificateEnds: one('probe_ssl_earliest_cert_expiry{instance="minio"}', AT_HOURS * 3600 + 20 * 86_400, AT_HOURS * 3600 + 22 * 86_400),
  GuestStopped: one(`homelab_guest_running${guest}`, 0, 1),
  Drift: one(`homelab_guest_as_defined${guest}`, 0, 1),
  PoolFills: one(`homelab_pool_allocated_ratio${pool}`, 0.81, 0.8),
  PoolSick: one(`homelab_pool_online${pool}`, 0, 1),
  ScrubOld: one(`homelab_pool_scrub_timestamp_seconds${pool}`, longAgo, now),
  ScrubErrors: one(`homelab_pool_scrub_errors${pool}`, 1, 0),
  BackupOld: one('pve_backup_newest_timestamp_seconds{instance="pve",of="102"}', longAgo, now),
  BackupUnreadable: one('pve_backup_newest_readable{instance="pve",of="102"}', 0, 1),
  BackupUnwatched: { bad: { 'up{instance="pve"}': always(1) }, well: { 'pve_backup_newest_timestamp_seconds{instance="pve",of="102"}': now } },
  DumpOld: one('homelab_dump_newest_timestamp_seconds{instance="postgresql"}', longAgo, now),
};

/** The cases as a file of `promtool test rules`: every alert fires once for what is bad, and never for what is well. */
export function promtoolCases(rules: string): string {
  const ask = (series: Readonly<Record<string, string>>, alert: string, fires: boolean) => ({
    interval: '1m',
    input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
    promql_expr_test: [{
      expr: `count by (alertname) (ALERTS{alertname="${alert}",alertstate="firing"})`,
      eval_time: `${WAITS_HOURS[alert] ?? AT_HOURS}h`,
      exp_samples: fires ? [{ labels: `{alertname="${alert}"}`, value: 1 }] : [],
    }],
  });
  const tests = Object.entries(ruleCases).flatMap(([alert, { bad, well }]) => [ask(bad, alert, true), ask(well, alert, false)]);
  return JSON.stringify({ rule_files: [rules], evaluation_interval: '10m', tests });
}
