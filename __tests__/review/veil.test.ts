import { veilOf } from '../../review/veil';
import { change, n8n, planOf } from './plans';

/** A text through the veil of a plan in which some values of a guest are marked. */
function veiled(values: Record<string, unknown>, marks: unknown, text: string): string {
  const resource = change(['update'], n8n, { ...n8n, ...values });
  return veilOf(planOf([{ ...resource, change: { ...resource.change, after_sensitive: marks } }]))(text);
}

const secret = (value: unknown, text: string) => veiled({ secret: value }, { secret: true }, text);

test('a plan without a mark leaves every text as it is, as does one without changes', () => {
  expect(veiled({ secret: 'correct horse' }, false, 'correct horse')).toBe('correct horse');
  expect(veilOf({ ...planOf([]), resource_changes: undefined, resource_drift: undefined })('correct horse')).toBe('correct horse');
  expect(secret('', 'nothing is hidden')).toBe('nothing is hidden');
});

test('every place of a marked value is veiled, before and after, and in drift', () => {
  expect(secret('correct horse', 'a correct horse, a Correct Horse')).toBe('a (sensitive), a (sensitive)');
  const gone = change(['delete'], { ...n8n, secret: 'battery staple' }, null);
  const marked = { ...gone, change: { ...gone.change, before_sensitive: { secret: true } } };
  expect(veilOf(planOf([marked]))('battery staple')).toBe('(sensitive)');
  expect(veilOf(planOf([], { resource_drift: [marked] }))('battery staple')).toBe('(sensitive)');
});

test('a mark on a whole value covers everything below it, one inside it only its own', () => {
  const disk = [{ path: 'tank:secret-disk', size: 4096 }, { path: 'tank:public-disk' }];
  expect(veiled({ disk }, { disk: true }, 'tank:secret-disk 4096 tank:public-disk')).toBe('(sensitive) (sensitive) (sensitive)');
  expect(veiled({ disk }, { disk: [{ path: true }, {}] }, 'tank:secret-disk 4096 tank:public-disk')).toBe('(sensitive) 4096 tank:public-disk');
  expect(veiled({ disk }, { disk: [{ path: false }] }, 'tank:secret-disk')).toBe('tank:secret-disk');
});

test('what gives nothing away is no value: true, false, nothing', () => {
  for (const value of [true, false, null, undefined]) expect(secret(value, 'true false null undefined')).toBe('true false null undefined');
});

test('a number is veiled as a number, not inside another one', () => {
  expect(secret(1024, '1024 MiB, 10240, 21024, 1.1024')).toBe('(sensitive) MiB, 10240, 21024, 1.1024');
  expect(secret('7', '7 of 77')).toBe('(sensitive) of 77');
  expect(secret(1024, '1024MiB')).toBe('(sensitive)MiB');
  expect(secret('10ab', '10abx 10ab')).toBe('10abx (sensitive)');
});

test('a short text is veiled as a word, a long one wherever it stands; an address keeps both', () => {
  expect(secret('vmbr1', 'vmbr1 vmbr10 xvmbr1 module.vmbr1 vmbr1_a')).toBe('(sensitive) vmbr10 xvmbr1 module.vmbr1 vmbr1_a');
  expect(secret('secret-a', 'xsecret-ay, guest.secret-a')).toBe('x(sensitive)y, guest.secret-a');
  expect(secret('secret7', 'xsecret7')).toBe('xsecret7');
});

test('signs of a pattern are signs of the value', () => {
  expect(secret('a.b*c(d)', 'a.b*c(d) axbbcd')).toBe('(sensitive) axbbcd');
});

test('a value of several lines is veiled as it is, as one line, and as its beginning that people are shown', () => {
  const long = `first\n\t  second ${'x'.repeat(100)}`;
  const line = `first second ${'x'.repeat(100)}`;
  expect(secret(long, long)).toBe('(sensitive)');
  expect(secret(long, line)).toBe('(sensitive)');
  expect(secret(long, `${line.slice(0, 80)}…`)).toBe('(sensitive)…');
  expect(secret('y'.repeat(81), `${'y'.repeat(80)}z`)).toBe('(sensitive)z');
  expect(secret('y'.repeat(80), `${'y'.repeat(79)}z`)).toBe(`${'y'.repeat(79)}z`);
  expect(secret('  padded value ', 'padded value')).toBe('(sensitive)');
  expect(secret(' \n ', 'a b')).toBe('a b');
});

test('of two values of which one holds the other, the longer is veiled whole', () => {
  expect(veiled({ one: 'correct horse', two: 'correct horse battery' }, { one: true, two: true }, 'correct horse battery')).toBe('(sensitive)');
});
