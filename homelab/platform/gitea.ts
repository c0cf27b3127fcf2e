import { addressOf, dataKeySecret, dumpBy, hostPartOf, keeps, randomSecret, rowsIn, sessionSecret, urlOf, type ServiceProps } from '../../constructs';
import { giteaDatabasePassword } from './database-secrets';

export const gitea: ServiceProps = {
  name: 'gitea',
  vmId: 114,
  purpose: 'Git service',
  tier: 'platform',
  address: '192.168.88.223',
  cores: 1,
  memoryMiB: 1024,
  diskGiB: 8,
  ports: [
    { port: 3000, use: 'UI, API' },
    { port: 22, use: 'git over SSH' },
  ],
  health: { kind: 'http', port: 3000, path: '/api/healthz', expect: '"status": "pass"' },
  data: keeps({ name: 'data', path: '/var/lib/gitea', quotaGiB: 40 }),
  saves: dumpBy('gitea', rowsIn('postgresql', 'gitea')),
  needs: ['postgresql'],
  metrics: { port: 3000, path: '/metrics' },
  tags: ['devops'],
  settings: {
    version: '1.27.3',
    sha256: '4da93c2c10b6980c359bcb86d5573ebfd7770e2e151756534edee24c8c12d971',
    domain: hostPartOf('gitea'),
    // Git over SSH goes through no proxy.
    ssh_domain: addressOf('gitea'),
    root_url: urlOf('gitea'),
    secret_key: dataKeySecret('gitea_secret_key', 'docs/getting-started/data-keys.md#gitea', 64),
    internal_token: sessionSecret('gitea_internal_token'),
    oauth2_jwt_secret: sessionSecret('gitea_oauth2_jwt_secret', 43),
    admin_user: 'owner',
    admin_email: (lab) => `owner@${lab.domain}`,
    admin_password: randomSecret('gitea_admin_password'),
    database_host: addressOf('postgresql'),
    database_password: giteaDatabasePassword,
  },
  notices: ['keep a second remote of this repository elsewhere: a rebuild needs it before gitea is back'],
};
