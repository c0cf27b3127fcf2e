import { dataKeySecret, keeps, sqliteDump, type ServiceProps } from '../../constructs';

export const trilium: ServiceProps = {
  name: 'trilium',
  vmId: 120,
  purpose: 'Notes',
  tier: 'app',
  address: '192.168.88.240',
  cores: 1,
  memoryMiB: 1024,
  diskGiB: 4,
  ports: [{ port: 8080, use: 'UI, sync' }],
  health: { kind: 'http', port: 8080, path: '/api/health-check' },
  data: keeps({ name: 'data', path: '/var/lib/trilium', quotaGiB: 10 }),
  saves: sqliteDump('trilium', 'trilium.service', '/var/lib/trilium/document.db'),
  tags: ['docs'],
  settings: {
    version: '0.99.1',
    sha256: 'e0388f816297cd5326e894c19c918e66b40b3888d042fc6436f71ac24cec8383',
    // It locks protected notes as well.
    password: dataKeySecret('trilium_password', 'docs/getting-started/data-keys.md#trilium'),
  },
  notices: ['server and desktop clients must have matching sync versions'],
};
