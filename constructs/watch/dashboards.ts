import type { Dashboard } from '../core/watch';

/**
 * One dashboard a layer. Every question is one that a house answers: a panel without an answer is a mistake.
 * @param host name of the machine that all others run on
 */
export function dashboardsOf(host: string): Dashboard[] {
  return [hostDashboard(`{instance="${host}"}`), ...others];
}

function hostDashboard(it: string): Dashboard {
  return {
    uid: 'host',
    title: 'Host',
    panels: [
      { title: 'Processor in use', expr: `1 - avg by (instance) (rate(node_cpu_seconds_total${it.replace('}', ',mode="idle"}')}[5m]))`, unit: 'percentunit', legend: 'instance' },
      { title: 'Memory in use', expr: `1 - node_memory_MemAvailable_bytes${it} / node_memory_MemTotal_bytes`, unit: 'percentunit', legend: 'instance' },
      { title: 'Network, received', expr: `sum by (instance) (rate(node_network_receive_bytes_total${it}[5m]))`, unit: 'Bps', legend: 'instance' },
      { title: 'Load, one minute', expr: `node_load1${it}`, unit: 'short', legend: 'instance' },
    ],
  };
}

const others: readonly Dashboard[] = [
  {
    uid: 'storage',
    title: 'Storage',
    panels: [
      { title: 'Pool, share in use', expr: 'homelab_pool_allocated_ratio', unit: 'percentunit', legend: 'pool' },
      { title: 'Days since the last scrub', expr: '(time() - homelab_pool_scrub_timestamp_seconds) / 86400', unit: 'd', legend: 'pool' },
      { title: 'Age of the newest backup', expr: 'time() - pve_backup_newest_timestamp_seconds', unit: 's', legend: 'of' },
      { title: 'Age of the newest dump', expr: 'time() - homelab_dump_newest_timestamp_seconds', unit: 's', legend: 'instance' },
      { title: 'Fullest file system', expr: 'max by (instance) (1 - node_filesystem_avail_bytes{fstype!~"tmpfs|ramfs"} / node_filesystem_size_bytes)', unit: 'percentunit', legend: 'instance' },
    ],
  },
  {
    uid: 'guests',
    title: 'Guests',
    panels: [
      { title: 'Guests that run', expr: 'homelab_guest_running', unit: 'short', legend: 'guest' },
      { title: 'Processor in use', expr: '1 - avg by (instance) (rate(node_cpu_seconds_total{mode="idle"}[5m]))', unit: 'percentunit', legend: 'instance' },
      { title: 'Memory in use', expr: '1 - node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes', unit: 'percentunit', legend: 'instance' },
      { title: 'Units that failed', expr: 'sum by (instance) (node_systemd_unit_state{state="failed"})', unit: 'short', legend: 'instance' },
    ],
  },
  {
    uid: 'services',
    title: 'Services',
    panels: [
      { title: 'Well by their own health check', expr: 'probe_success or homelab_health_ok', unit: 'short', legend: 'instance' },
      { title: 'Time to answer', expr: 'probe_duration_seconds', unit: 's', legend: 'instance' },
      { title: 'Metrics that can be read', expr: 'up', unit: 'short', legend: 'instance' },
      { title: 'Days until certificates end', expr: '(probe_ssl_earliest_cert_expiry - time()) / 86400', unit: 'd', legend: 'instance' },
      { title: 'Alerts', expr: 'ALERTS{alertstate="firing"} or on() vector(0)', unit: 'short', legend: 'alertname' },
    ],
  },
];
