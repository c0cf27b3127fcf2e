import { Refusal } from '../../common/refusal';
import type { ObjectStore, ObjectStoreEngine } from '../object-store';
import { s3Request } from '../s3-request';
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

/** The engine that answers now, or undefined when the server does not say what it is. @throws Refusal when nobody answers */
export async function answeringEngine(store: ObjectStore): Promise<ObjectStoreEngine | undefined> {
  const { server } = await s3Request(store, 'asking the object store what it is', { method: 'GET', path: '/' });
  return ENGINES.find((engine) => engine.server.test(server));
}

/**
 * The definition's engine must be the one that answers: an apply would install the other one in the middle of itself,
 * and could not write its state any more.
 * @throws Refusal with the way to change it
 */
export async function requireAnswering(site: Site, store: ObjectStore): Promise<void> {
  const [wanted, found] = [engineOf(site), await answeringEngine(store)];
  if (!found || found === wanted) return;
  throw new Refusal(`the definition keeps the state in ${wanted.role}, and ${found.role} answers at ${store.endpoint}; nothing was applied`, 'read docs/state/another-engine.md, then: ./house state change-engine');
}
