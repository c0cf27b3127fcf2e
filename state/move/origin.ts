import { hostname, userInfo } from 'node:os';

import { Refusal } from '../../common/refusal';
import type { Bootstrap } from '../bootstrap/bootstrap';
import { describeLock, lockKey, readLock } from '../lock';
import { readOwnState } from '../own-state';
import { createObject } from '../s3';
import { requireS3 } from '../s3-request';
import { s3Block, type StackName, type StoreFacts } from '../site';

/** Where the state was before it moves. It is read and locked, and never written. */
export class Origin {
  constructor(
    private readonly bootstrap: Bootstrap,
    private readonly place: NonNullable<StoreFacts['formerly']>,
    private readonly lockId: string,
  ) {}

  private get store() {
    const { access } = this.bootstrap;
    return access.store(access.key(), this.place.endpoint);
  }

  /** The state of a stack; undefined when it has none. @throws Refusal when it cannot be read, or is not of this house */
  read(stack: StackName): Promise<string | undefined> {
    return readOwnState(this.bootstrap.site, stack, this.store, this.place.bucket);
  }

  /**
   * Locks a state as Terraform would, for whoever still works with the definition before the move. The lock is taken
   * once, and stays: what is left behind at the old place shall not be worked with again.
   * @throws Refusal naming the holder of another lock
   */
  async lock(stack: StackName): Promise<void> {
    const { key, endpoints } = s3Block(this.bootstrap.site, stack);
    const { bucket } = this.place;
    const Who = `${userInfo().username}@${hostname()}`;
    const lock = { ID: this.lockId, Operation: `move to ${endpoints.s3}`, Info: '', Who, Version: '', Created: new Date().toISOString(), Path: `${bucket}/${key}` };
    if (await createObject(this.store, bucket, lockKey(key), JSON.stringify(lock))) return;
    const held = await readLock(this.store, bucket, key);
    if (held && held.id !== this.lockId) throw new Refusal(describeLock(stack, held));
  }

  /** Gives a lock back that was taken for a move which did not begin. */
  async unlock(stack: StackName): Promise<void> {
    const { key } = s3Block(this.bootstrap.site, stack);
    const { bucket } = this.place;
    const held = await readLock(this.store, bucket, key);
    if (held?.id === this.lockId) await requireS3(this.store, `letting go of '${key}'`, { method: 'DELETE', path: `/${bucket}/${lockKey(key)}` });
  }
}
