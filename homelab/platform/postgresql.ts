import { dumpBy, houseNetwork, keeps, randomSecret, type ServiceProps } from '../../constructs';
import { giteaDatabasePassword, n8nDatabasePassword, paperlessDatabasePassword } from './database-secrets';

export const postgresql: ServiceProps = {
  name: 'postgresql',
  vmId: 103,
  purpose: 'Primary relational database',
  tier: 'platform',
  address: '192.168.88.231',
  cores: 2,
  memoryMiB: 2048,
  diskGiB: 16,
  ports: [{ port: 5432, use: 'SQL' }],
  health: { kind: 'command', command: 'pg_isready -h 127.0.0.1 -p 5432' },
  data: keeps({ name: 'data', path: '/var/lib/postgresql', quotaGiB: 40 }),
  saves: dumpBy('postgresql'),
  tags: ['database'],
  settings: {
    major: 17,
    allowed_network: houseNetwork,
    superuser_password: randomSecret('postgresql_superuser_password'),
    databases: [
      { name: 'n8n', owner: 'n8n', password: n8nDatabasePassword },
      { name: 'paperless', owner: 'paperless', password: paperlessDatabasePassword },
      { name: 'gitea', owner: 'gitea', password: giteaDatabasePassword },
    ],
  },
  notices: ['a major version needs dump and restore, or pg_upgrade: never raise it by itself'],
};
