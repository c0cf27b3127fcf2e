import { alertReceiver, filesAlone, houseNames, keeps, scrapeJobs, type ServiceProps } from '../../constructs';

export const prometheus: ServiceProps = {
  name: 'prometheus',
  vmId: 106,
  purpose: 'Metrics collection and time series',
  tier: 'platform',
  address: '192.168.88.243',
  cores: 1,
  memoryMiB: 2048,
  diskGiB: 8,
  ports: [{ port: 9090, use: 'UI, API' }],
  health: { kind: 'http', port: 9090, path: '/-/ready' },
  data: keeps({ name: 'data', path: '/var/lib/prometheus', quotaGiB: 30 }),
  saves: filesAlone('blocks are never changed, and its log is replayed at start'),
  tags: ['monitoring'],
  metrics: { port: 9090, path: '/metrics' },
  settings: { scrape_jobs: scrapeJobs, hosts: houseNames, retention_size: '24GB', receiver: alertReceiver },
};
