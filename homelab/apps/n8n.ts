import { addressOf, houseTimezone, keeps, overTls, proxiesBefore, randomSecret, urlOf, type ServiceProps } from '../../constructs';
import { n8nDatabasePassword } from '../platform/database-secrets';

export const n8n: ServiceProps = {
  name: 'n8n',
  vmId: 102,
  purpose: 'Workflow automation',
  tier: 'app',
  address: '192.168.88.246',
  cores: 2,
  memoryMiB: 2048,
  diskGiB: 10,
  ports: [{ port: 5678, use: 'UI, API, webhooks' }],
  health: { kind: 'http', port: 5678, path: '/healthz/readiness' },
  data: keeps({ name: 'data', path: '/var/lib/n8n', quotaGiB: 10 }),
  needs: ['postgresql'],
  tags: ['automation'],
  metrics: { port: 5678, path: '/metrics' },
  settings: {
    version: '2.41.3',
    node_version: '24.21.0',
    node_sha256: 'fd8e59d5a511510f6a298afb548f18c7d2b1be404d8b4a27d94fbe49f56cb2d6',
    owner_email: (lab) => `owner@${lab.domain}`,
    owner_password: randomSecret('n8n_owner_password'),
    encryption_key: randomSecret('n8n_encryption_key', 32, 3650),
    webhook_url: urlOf('n8n'),
    secure_cookie: overTls('n8n'),
    proxy_hops: proxiesBefore('n8n'),
    timezone: houseTimezone,
    database_host: addressOf('postgresql'),
    database_password: n8nDatabasePassword,
  },
  notices: ['without its encryption key a restore leaves every stored credential unreadable'],
};
