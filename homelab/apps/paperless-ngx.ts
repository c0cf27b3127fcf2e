import { addressOf, dumpBy, houseTimezone, keeps, originOf, randomSecret, rowsIn, sessionSecret, type ServiceProps } from '../../constructs';
import { paperlessDatabasePassword } from '../platform/database-secrets';

export const paperlessNgx: ServiceProps = {
  name: 'paperless-ngx',
  vmId: 108,
  purpose: 'Document management',
  tier: 'app',
  address: '192.168.88.241',
  cores: 2,
  memoryMiB: 3072,
  diskGiB: 12,
  ports: [{ port: 8000, use: 'UI, API' }],
  // Its first page sends whoever is not logged in on to this one.
  health: { kind: 'http', port: 8000, path: '/accounts/login/' },
  data: keeps({ name: 'data', path: '/var/lib/paperless-ngx', quotaGiB: 100 }),
  saves: dumpBy('paperless', rowsIn('postgresql', 'paperless')),
  needs: ['postgresql'],
  tags: ['docs'],
  settings: {
    version: '2.20.15',
    sha256: 'e9bfb6ec0425e5e72a85f64811829167b6c22753f83e325b95d5068393073bf6',
    uv_version: '0.13.9',
    secret_key: sessionSecret('paperless_secret_key'),
    admin_password: randomSecret('paperless_admin_password'),
    url: originOf('paperless-ngx'),
    timezone: houseTimezone,
    database_host: addressOf('postgresql'),
    database_password: paperlessDatabasePassword,
  },
  notices: ['version 3 drops encrypted documents, and version 2 reaches it only through 2.20.15'],
};
