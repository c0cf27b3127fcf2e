import { certificateSecret, randomSecret } from '../core/secret';
import type { Saves } from './saves';
import type { ServiceProps } from './service-props';

/** A program that can keep the house's objects; all of them pass the same tests. */
export type StoreEngine = 'minio' | 'seaweedfs';

/** What follows from the engine. */
type OfEngine = Pick<ServiceProps, 'role' | 'ports' | 'health' | 'metrics' | 'exposure' | 'settings' | 'notices'>;

/** It is there to keep data. */
type Keeper = Extract<ServiceProps, { readonly saves: Saves }>;

/** An object store of the house: a service but for what follows from its engine. */
export interface ObjectStoreProps extends Omit<Keeper, keyof OfEngine> {
  /** Another engine is another program in the same guest, on the same volume: docs/state/another-engine.md. */
  readonly engine: StoreEngine;
}

/** Port of the S3 API, whatever the engine: whoever uses the store need not know which it is. */
const S3_PORT = 9000;

/** The names stay when the engine changes: then nothing of the secrets has to. */
function keys(name: string): NonNullable<OfEngine['settings']> {
  return {
    root_user: randomSecret('minio_root_user', 20),
    root_password: randomSecret('minio_root_password'),
    certificate: (lab) => certificateSecret('minio_certificate', [lab.addressOf(name), `${name}.${lab.domain}`, '127.0.0.1']),
  };
}

const ENGINES: Readonly<Record<StoreEngine, (name: string) => OfEngine>> = {
  minio: (name) => ({
    ports: [
      { port: S3_PORT, use: 'S3 API' },
      { port: 9001, use: 'console' },
    ],
    health: { kind: 'https', port: S3_PORT, path: '/minio/health/live' },
    metrics: { port: S3_PORT, path: '/minio/v2/metrics/cluster', scheme: 'https' },
    exposure: { kind: 'lan', port: 9001 },
    settings: { ...keys(name), public_metrics: true },
    notices: ['MinIO has had no upstream fixes since February 2026; it is built from its last source behind a gate of our own (CVE-2026-41145, CVE-2026-40344)'],
  }),
  seaweedfs: (name) => ({
    ports: [
      { port: S3_PORT, use: 'S3 API' },
      { port: 9327, use: 'metrics' },
    ],
    health: { kind: 'https', port: S3_PORT, path: '/healthz' },
    metrics: { port: 9327, path: '/metrics' },
    exposure: { kind: 'none' },
    settings: keys(name),
  }),
};

/** An object store as a service of the house. An engine that there is not is named as a role that there is not. */
export function objectStore({ engine, ...props }: ObjectStoreProps): ServiceProps {
  const known = Object.hasOwn(ENGINES, engine) ? engine : 'minio';
  return { ...props, ...ENGINES[known](props.name), role: engine };
}
