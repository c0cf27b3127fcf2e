import { dumpBy, keeps, randomSecret, type ServiceProps } from '../../constructs';

export const mongodb: ServiceProps = {
  name: 'mongodb',
  vmId: 111,
  purpose: 'Document database',
  tier: 'platform',
  address: '192.168.88.227',
  cores: 1,
  memoryMiB: 2048,
  diskGiB: 8,
  ports: [{ port: 27017, use: 'MongoDB wire protocol' }],
  health: { kind: 'tcp', port: 27017 },
  data: keeps({ name: 'data', path: '/var/lib/mongodb', quotaGiB: 20 }),
  saves: dumpBy('mongodb'),
  tags: ['database'],
  settings: {
    version: '7.0.37',
    bind_address: (lab) => lab.addressOf('mongodb'),
    admin_password: randomSecret('mongodb_admin_password'),
  },
};
