import { filesAlone, keeps, objectStore } from '../../constructs';

/** The engine is one word, `minio` or `seaweedfs`; name, id, address and volume stay: docs/state/another-engine.md. */
export const minio = objectStore({
  engine: 'minio',
  name: 'minio',
  vmId: 105,
  purpose: 'S3-compatible object storage; keeps the Terraform state',
  tier: 'platform',
  address: '192.168.88.228',
  cores: 1,
  memoryMiB: 2048,
  diskGiB: 8,
  data: keeps({ name: 'data', path: '/var/lib/minio', quotaGiB: 20 }),
  saves: filesAlone('objects are files that are written beside and renamed; the state has copies of its own'),
  tags: ['storage'],
});
