import { dataKeySecret, keeps, randomSecret, sqliteDump, urlOf, type ServiceProps } from '../../constructs';

export const grafana: ServiceProps = {
  name: 'grafana',
  vmId: 107,
  purpose: 'Dashboards',
  tier: 'platform',
  address: '192.168.88.242',
  cores: 1,
  memoryMiB: 512,
  diskGiB: 6,
  ports: [{ port: 3000, use: 'UI, API' }],
  health: { kind: 'http', port: 3000, path: '/api/health', expect: '"database": "ok"' },
  data: keeps({ name: 'data', path: '/var/lib/grafana', quotaGiB: 5 }),
  saves: sqliteDump('grafana', 'grafana-server.service', '/var/lib/grafana/grafana.db'),
  needs: ['prometheus'],
  tags: ['monitoring'],
  metrics: { port: 3000, path: '/metrics' },
  settings: {
    version: '13.2.3',
    admin_password: randomSecret('grafana_admin_password'),
    secret_key: dataKeySecret('grafana_secret_key', 'docs/getting-started/data-keys.md#grafana'),
    root_url: urlOf('grafana'),
    prometheus_url: (lab) => `http://${lab.addressOf('prometheus')}:9090`,
  },
};
