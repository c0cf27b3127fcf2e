import { Refusal } from '../../common/refusal';
import type { ObjectStoreEngine } from '../object-store';
import { readStoreFacts, type Site } from '../site';
import { minio } from './minio';
import { seaweedfs } from './seaweedfs';

/** Every engine that passes the suite. */
export const ENGINES: readonly ObjectStoreEngine[] = [seaweedfs, minio];

/** The engine of a site: the one that the role of its object store's guest installs. @throws Refusal for another role */
export function engineOf(site: Site): ObjectStoreEngine {
  const { role, guest } = readStoreFacts(site);
  const engine = ENGINES.find((known) => known.role === role);
  if (!engine) throw new Refusal(`the state is kept on '${guest}', which the role '${role}' installs; known are: ${ENGINES.map((known) => known.role).join(', ')}`);
  return engine;
}
