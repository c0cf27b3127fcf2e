import { describe as inWords, difference, parseSnapshot, type Snapshot } from '../../state/snapshot';

const state = (more: object = {}) => JSON.stringify({ version: 4, lineage: 'ours', serial: 7, resources: [{ name: 'n8n' }], outputs: { a: { value: 1 } }, ...more });
const snapshot = (more: Partial<Snapshot> = {}): Snapshot => ({ lineage: 'ours', serial: 7, resources: [{ name: 'n8n' }], outputs: { a: { value: 1 } }, ...more });

test('a state is read with what makes it this one', () => {
  expect(parseSnapshot(state(), 'the copy')).toEqual(snapshot());
  expect(parseSnapshot('{"lineage":"ours","serial":0}', 'the copy')).toEqual({ lineage: 'ours', serial: 0, resources: [], outputs: {} });
});

test.each([undefined, '', ' \n', state({ lineage: '' })])('%j is no state, and no mistake', (text) => expect(parseSnapshot(text, 'the copy')).toBeUndefined());

test.each([
  ['{"lineage":', /^the state in the copy is no JSON: \S/],
  ['{}', /^the state in the copy has no lineage and serial: it is no Terraform state$/],
  [state({ serial: '7' }), /has no lineage and serial/],
  [state({ lineage: 4 }), /has no lineage and serial/],
])('%s is refused', (text, words) => expect(() => parseSnapshot(text, 'the copy')).toThrow(words));

test('a state is named by lineage, serial and size', () => {
  expect(inWords(snapshot())).toBe('lineage ours, serial 7, 1 resource');
  expect(inWords(snapshot({ resources: [] }))).toBe('lineage ours, serial 7, 0 resources');
});

test.each([
  ['nothing', undefined, 'there is none'],
  ['another lineage', snapshot({ lineage: 'theirs' }), 'lineage theirs instead of ours'],
  ['an older serial', snapshot({ serial: 6 }), 'serial 6 instead of 7'],
  ['a newer serial', snapshot({ serial: 8 }), 'serial 8 instead of 7'],
  ['other resources', snapshot({ resources: [] }), 'other resources'],
  ['other outputs', snapshot({ outputs: {} }), 'other outputs'],
  ['the same', snapshot(), undefined],
])('%s read back', (_what, read, words) => expect(difference(snapshot(), read)).toBe(words));

test('after a push the serial may be newer, never older, and the rest is the same', () => {
  expect(difference(snapshot(), snapshot(), 'newer')).toBeUndefined();
  expect(difference(snapshot(), snapshot({ serial: 8 }), 'newer')).toBeUndefined();
  expect(difference(snapshot(), snapshot({ serial: 6 }), 'newer')).toBe('serial 6 instead of 7');
  expect(difference(snapshot(), snapshot({ serial: 8, resources: [] }), 'newer')).toBe('other resources');
});
