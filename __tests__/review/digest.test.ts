import { planDigest } from '../../review/digest';
import type { PlanJson, ResourceChange } from '../../review/plan-json';

const plan = (change: Partial<ResourceChange['change']>): PlanJson => ({
  resource_changes: [{ address: 'proxmox_virtual_environment_container.n8n', type: 'proxmox_virtual_environment_container', change: { actions: ['update'], before: { vm_id: 102, memory: 1, uptime: 5 }, after: { vm_id: 102, memory: 2, uptime: 5 }, ...change } }],
});

const digest = planDigest(plan({}));

test('two plans that do the same have one digest, whatever is only known later', () => {
  expect(planDigest(plan({ before: { vm_id: 102, memory: 1, uptime: 9 }, after: { vm_id: 102, memory: 2 }, after_unknown: { uptime: true } }))).toBe(digest);
  expect(planDigest({ ...plan({}), timestamp: '2026-01-01T00:00:00Z' })).toBe(digest);
  expect(planDigest(plan({}), {})).toBe(digest);
});

test.each([
  ['another value', { after: { vm_id: 102, memory: 3, uptime: 5 } }],
  ['another value before', { before: { vm_id: 102, memory: 4, uptime: 5 } }],
  ['another action', { actions: ['delete', 'create'] }],
])('%s is another digest', (_, change) => {
  expect(planDigest(plan(change))).not.toBe(digest);
});

test('a sensitive value has no part in it, so that nobody can guess it from the digest', () => {
  const secret = (value: string) => planDigest(plan({ after: { vm_id: 102, memory: value, uptime: 5 }, after_sensitive: { memory: true } }));
  expect(secret('one')).toBe(secret('two'));
});
