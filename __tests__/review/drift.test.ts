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

describe('what is defined and not applied yet', () => {
  const create = (type: string, name = 'n8n') => ({ ...change(['create'], null, { id: 'x' }, { type }), address: `${type}.${name}`, name });

  test('is told with each value, and with the restart that applying it causes', () => {
    expect(driftOf(planOf([change(['update'], n8n, byHand)])).map(driftText)).toEqual([expect.stringMatching(/n8n is not applied yet: .*memory.* \(an apply applies it and restarts the guest\)$/)]);
    expect(driftOf(planOf([change(['update'], n8n, { ...n8n, description: 'other' })]))).toMatchObject([{ kind: 'pending', apply: 'applies it' }]);
  });

  test('is said as such when it is not there, or no longer defined', () => {
    expect(driftOf(planOf([change(['create'], null, n8n)])).map(driftText)).toEqual([`${guest} is not applied yet: is not there yet (an apply applies it)`]);
    expect(driftOf(planOf([change(['delete'], n8n, null)])).map(driftText)).toEqual([`${guest} is not applied yet: is no longer defined (an apply applies it)`]);
  });

  test('is not told twice, nor apart from what was changed past Terraform', () => {
    expect(driftOf(planOf([change(['update'], byHand, n8n)], drifted(byHand)))).toHaveLength(1);
  });

  test('an Ansible run is a consequence of its guest, and a difference of its own without one', () => {
    const run = create('null_resource');
    expect(driftOf(planOf([change(['update'], n8n, byHand), run])).map(({ address }) => address)).toEqual([guest]);
    expect(driftOf(planOf([run])).map(({ address }) => address)).toEqual([run.address]);
    expect(driftOf(planOf([create('null_resource', 'gitea'), change(['update'], n8n, byHand)]))).toHaveLength(2);
    expect(driftOf(planOf([create('local_file'), change(['update'], n8n, byHand)]))).toHaveLength(2);
  });
});

test('setting back what restarts nobody is told without a restart', () => {
  const other = { ...n8n, description: 'by hand' };
  expect(driftOf(planOf([change(['update'], other, n8n)], drifted(other)))).toMatchObject([{ kind: 'changed', apply: 'sets it back' }]);
});

test('a guest that is gone and no longer defined stays gone', () => {
  expect(driftOf(planOf([], drifted(null))).map(driftText)).toEqual([`${guest} is gone from the host (an apply leaves it as it is)`]);
});

test('several values are told one after the other, and none without a colon', () => {
  const other = { ...n8n, description: 'by hand', tags: ['x'] };
  expect(driftText(driftOf(planOf([change(['no-op'], other, other)], drifted(other)))[0]!)).toMatch(/Terraform: .+; .+ \(an apply leaves it as it is\)$/);
});
