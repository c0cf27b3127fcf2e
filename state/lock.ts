import type { ObjectStore } from './object-store';
import { readObject } from './s3';
import type { StackName } from './site';

/** The lock on a state, as Terraform writes it beside the state. */
export interface StateLock {
  readonly id: string;
  /** What the holder does, e.g. `OperationTypeApply`. */
  readonly operation: string;
  /** `user@host`. */
  readonly who: string;
  /** Since when, ISO 8601. */
  readonly created: string;
}

/** Object that holds the lock on the state at `key`. */
export function lockKey(key: string): string {
  return `${key}.tflock`;
}

/** Reads the lock on a state, or undefined when it is free. */
export async function readLock(store: ObjectStore, bucket: string, key: string): Promise<StateLock | undefined> {
  const text = await readObject(store, bucket, lockKey(key));
  if (text === undefined) return undefined;
  const { ID, Operation, Who, Created } = JSON.parse(text) as Record<string, string>;
  return { id: ID ?? '', operation: Operation ?? '', who: Who ?? '', created: Created ?? '' };
}

/** Reads the lock out of Terraform's refusal to run beside it; the text holds other ids, of requests, as well. */
export function lockInText(text: string): StateLock | undefined {
  const info = /Error acquiring the state lock[^]*Lock Info:([^]*)/.exec(text)?.[1];
  const field = (name: string) => new RegExp(`${name}:\\s+(.+)`).exec(info ?? '')?.[1]?.trim() ?? '';
  return info ? { id: field('ID'), operation: field('Operation'), who: field('Who'), created: field('Created') } : undefined;
}

/** Says who holds a lock, since when, and what to type. */
export function describeLock(stack: StackName, lock: StateLock, nowMs = Date.now()): string {
  const minutes = Math.round((nowMs - Date.parse(lock.created)) / 60_000);
  const doing = lock.operation.replace(/^OperationType/, '').toLowerCase();
  return [
    `the state of '${stack}' is locked by ${lock.who} since ${lock.created} (${minutes} min), for: ${doing}; nothing was run.`,
    'If that run is still at work, wait for it. If it died, see docs/state/stale-lock.md, then type:',
    `  ./house state unlock ${stack} ${lock.id}`,
  ].join('\n');
}
