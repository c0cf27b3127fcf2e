import { fit } from '../../../review/document/fit';

const lines = (count: number): string[] => Array.from({ length: count }, (_, index) => `line ${index} ${'ä'.repeat(30)}`);

test('what fits is kept whole', () => {
  expect(fit([{ opening: 'a\n', items: ['b', 'c'], closing: '\nd', noun: 'lines' }], 1000)).toBe('a\nb\nc\nd\n');
});

test('what does not fit is left out by whole items, is counted, and closes what it has opened', () => {
  const text = fit([{ opening: '<details>\n', items: lines(1000), closing: '\n</details>', noun: 'lines' }], 2000);
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(2000);
  const kept = text.match(/^line \d+ ä{30}$/gm)!.length;
  expect(text).toContain(`${1000 - kept} of 1000 lines left out`);
  expect(text).toContain('</details>');
});

test('an early part may not take the room that a later one needs to say what it lost', () => {
  const part = (opening: string) => ({ opening, items: lines(500), closing: '', noun: 'lines' });
  const text = fit([part('first\n'), part('second\n'), part('third\n')], 3000);
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(3000);
  expect(text).toMatch(/first[\s\S]*second[\s\S]*third[\s\S]*of 500 lines left out/);
});
