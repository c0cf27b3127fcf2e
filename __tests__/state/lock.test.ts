import { describeLock, lockInText, lockKey } from '../../state/lock';

/** Terraform 1.15's own words. */
const REFUSAL = `
Error: Error acquiring the state lock

Error message: operation error S3: PutObject, https response error StatusCode: 412, RequestID: 18D2, api error PreconditionFailed
Lock Info:
  ID:        0a1b2c3d-1111-2222-3333-444455556666
  Path:      states/services.tfstate
  Operation: OperationTypeApply
  Who:       me@cellar
  Version:   1.15.5
  Created:   2026-01-02 03:04:05.678 +0000 UTC
  Info:      

Terraform acquires a state lock to protect the state from being written`;

test('the lock is read out of the refusal to run beside it, past the ids of requests', () => {
  expect(lockInText(REFUSAL)).toEqual({ id: '0a1b2c3d-1111-2222-3333-444455556666', operation: 'OperationTypeApply', who: 'me@cellar', created: '2026-01-02 03:04:05.678 +0000 UTC' });
});

test('a refusal that names no field of it is a lock all the same, and another failure is none', () => {
  expect(lockInText('Error acquiring the state lock\nLock Info:\n')).toEqual({ id: '', operation: '', who: '', created: '' });
  expect(lockInText(REFUSAL.replace('acquiring', 'releasing'))).toBeUndefined();
  expect(lockInText('Error acquiring the state lock: AccessDenied')).toBeUndefined();
});

test('who holds it is said with since when, for what, and what to type', () => {
  const lock = { id: '0a1b', operation: 'OperationTypeApply', who: 'me@cellar', created: '2026-01-02T03:04:05Z' };
  expect(describeLock('services', lock, Date.parse('2026-01-02T03:46:25Z'))).toBe(
    "the state of 'services' is locked by me@cellar since 2026-01-02T03:04:05Z (42 min), for: apply; nothing was run.\n" +
      'If that run is still at work, wait for it. If it died, see docs/state/stale-lock.md, then type:\n' +
      '  ./house state unlock services 0a1b',
  );
  expect(describeLock('services', { ...lock, created: new Date().toISOString() })).toContain('(0 min)');
});

test('the lock lies beside the state', () => expect(lockKey('services.tfstate')).toBe('services.tfstate.tflock'));
