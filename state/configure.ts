import type { Access } from './access';
import { lockKey } from './lock';
import type { ObjectStoreEngine } from './object-store';
import { s3Block, STACKS } from './site';

/**
 * Makes bucket, versioning, lifecycle and Terraform's key in a running object store; doing it again changes nothing.
 * @param endpoint where it is. @default - as the stack `foundation` says
 */
export async function configureStore(engine: ObjectStoreEngine, access: Access, endpoint?: string): Promise<void> {
  const locks = STACKS.map((stack) => lockKey(s3Block(access.site, stack).key));
  const { bucket } = s3Block(access.site, 'foundation');
  await engine.configure(access.store(access.admin(), endpoint), bucket, access.key(), locks);
}
