import { driftOf, driftText } from '../../review/drift';
import { change, CONTAINER, n8n, planOf } from './plans';

const guest = `${CONTAINER}.n8n`;
const byHand = { ...n8n, memory: [{ dedicated: 2048, swap: 256 }] };
const drifted = (after: unknown) => ({ resource_drift: [{ ...change(['update'], n8n, after as typeof n8n) }] });

test('a plan without a difference has none', () => {
  expect(driftOf(planOf([change(['no-op'], n8n, n8n)]))).toEqual([]);
});

test('a restart that setting it back would cause is told', () => {
  const [found] = driftOf(planOf([change(['update'], byHand, n8n)], drifted(byHand)));
  expect(found).toMatchObject({ address: guest, kind: 'changed', apply: 'sets it back and restarts the guest' });
  expect(driftText(found!)).toMatch(/n8n was changed past Terraform: .*memory.*2048.* \(an apply sets it back and restarts the guest\)$/);
});

test('what an apply leaves as it is is told as well', () => {
  expect(driftOf(planOf([change(['no-op'], byHand, byHand)], drifted(byHand)))).toMatchObject([{ kind: 'changed', apply: 'nothing' }]);
});

test('a guest that is gone is one difference, not two', () => {
  expect(driftOf(planOf([change(['create'], null, n8n)], drifted(null))).map(driftText)).toEqual([`${guest} is gone from the host (an apply makes it again)`]);
});

test('a value that Terraform marks as sensitive is not told', () => {
  const hidden = { ...change(['update'], { ...n8n, description: 'old-canary' }, { ...n8n, description: 'new-canary' }) };
  const marked = { ...hidden, change: { ...hidden.change, before_sensitive: { description: true }, after_sensitive: { description: true } } };
  expect(JSON.stringify(driftOf(planOf([marked])))).not.toContain('canary');
});
