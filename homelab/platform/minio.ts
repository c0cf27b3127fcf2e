import { certificateSecret, filesAlone, keeps, randomSecret, type ServiceProps } from '../../constructs';

export const minio: ServiceProps = {
  name: 'minio',
  vmId: 105,
  purpose: 'S3-compatible object storage; keeps the Terraform state',
  tier: 'platform',
  address: '192.168.88.228',
  cores: 1,
  memoryMiB: 2048,
  diskGiB: 8,
  ports: [
    { port: 9000, use: 'S3 API' },
    { port: 9001, use: 'console' },
  ],
  health: { kind: 'https', port: 9000, path: '/minio/health/live' },
  data: keeps({ name: 'data', path: '/var/lib/minio', quotaGiB: 20 }),
  saves: filesAlone('objects are files that are written beside and renamed; the state has copies of its own'),
  tags: ['storage'],
  metrics: { port: 9000, path: '/minio/v2/metrics/cluster', scheme: 'https' },
  exposure: { kind: 'lan', port: 9001 },
  settings: {
    root_user: randomSecret('minio_root_user', 20),
    root_password: randomSecret('minio_root_password'),
    certificate: (lab) => certificateSecret('minio_certificate', [lab.addressOf('minio'), `minio.${lab.domain}`, '127.0.0.1']),
    public_metrics: true,
  },
  notices: ['MinIO has had no upstream fixes since February 2026; it is built from its last source behind a gate of our own (CVE-2026-41145, CVE-2026-40344)'],
};
