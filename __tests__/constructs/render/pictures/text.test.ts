import { fitText, textWidth, toXmlText } from '../../../../constructs/render/pictures/text';

/** Advance widths at 100 px, summed from the tables of DejaVu Sans 2.37, the widest of the usual defaults. */
const measured: [text: string, regular: number, bold: number][] = [
  ['home-assistant-and-mosquitto', 1533.3, 1735.1],
  ['192.168.188.204/24', 1019.8, 1124.6],
  ['GET http://10.20.0.2:8096/health', 1655.4, 1850.9],
  ['Warm Wool & MAMMOTH WWW', 1591.7, 1783.5],
  ['Zażółć gęślą jaźń', 861.5, 964.7],
  ['2 vCPU · 512 MiB · 8 GiB', 1223.2, 1363.2],
  ['(){}[]<>|/\\!?%@#', 923.9, 989.9],
];

describe('the width of a text', () => {
  test.each(measured)('is never estimated below the real one, nor far above it: %s', (text, regular, bold) => {
    expect(textWidth(text, { size: 100 })).toBeGreaterThanOrEqual(regular);
    expect(textWidth(text, { size: 100, bold: true })).toBeGreaterThanOrEqual(bold);
    expect(textWidth(text, { size: 100 })).toBeLessThan(regular * 1.4);
  });
});

describe('fitting a text', () => {
  const style = { size: 13 };

  test('leaves what fits, even exactly', () => {
    expect(fitText('postgres', textWidth('postgres', style), style)).toBe('postgres');
  });

  test('ends in an ellipsis what does not, within the room', () => {
    const fitted = fitText('a rather long purpose of a service', 100, style);
    expect(fitted).toMatch(/^a rather.*[^ ]…$/);
    expect(textWidth(fitted, style)).toBeLessThanOrEqual(100);
  });

  test('gives nothing where not even one letter and an ellipsis fit', () => {
    expect(fitText('postgres', 5, style)).toBe('');
    expect(fitText('postgres', -20, style)).toBe('');
  });

  test('never cuts a character in two', () => {
    expect(fitText('🦊🦊🦊🦊🦊', 50, style)).toBe('🦊🦊…');
  });

  test('puts several lines on one', () => {
    expect(fitText(' one\n\ttwo ', 200, style)).toBe('one two');
  });
});

test('what XML cannot carry becomes a replacement character', () => {
  expect(toXmlText('a\u0000b\u001bc\ud800d\uffffe\n🦊')).toBe('a\ufffdb\ufffdc\ufffdd\ufffde\n🦊');
});
