import type { Gauge } from '../../../../constructs/core/summary';
import { formatAmount, formatPercent, gaugeState, overshoot, readableParts } from '../../../../constructs/render/pictures/gauge';

const gauge = (amounts: readonly number[]): Gauge => ({
  unit: 'GiB', parts: amounts.map((amount, index) => ({ label: `part ${index}`, amount })), budget: 80, limit: 100,
});

describe('an amount', () => {
  test.each([
    [512, 'MiB', '512 MiB'], [1023, 'MiB', '1023 MiB'], [1024, 'MiB', '1 GiB'], [32_041, 'MiB', '31.3 GiB'],
    [18, 'vCPU', '18 vCPU'], [898.25, 'GiB', '898.3 GiB'], [0, 'GiB', '0 GiB'],
  ] as const)('%s %s reads %s', (amount, unit, text) => {
    expect(formatAmount(amount, unit)).toBe(text);
  });

  test('has a share of something, not of nothing', () => {
    expect(formatPercent(1, 3)).toBe('33 %');
    expect(formatPercent(1, 0)).toBe('-');
  });
});

test.each([
  [[80], 'within', ''], [[80, 1], 'over-budget', 'Over budget by 1 GiB'], [[100], 'over-budget', 'Over budget by 20 GiB'], [[60, 41], 'over-limit', 'Over the limit by 1 GiB'],
])('a gauge with %j of 80 and 100 is %s', (amounts, state, told) => {
  expect(gaugeState(gauge(amounts))).toBe(state);
  expect(overshoot(gauge(amounts))).toBe(told);
});

test('parts are told one by one up to 14, and beyond that the smallest together', () => {
  expect(readableParts(gauge(Array.from({ length: 14 }, () => 1)))).toHaveLength(14);
  const parts = readableParts(gauge([1, 9, 9, 9, 9, 9, 9, 2, 9, 9, 9, 9, 9, 9, 9]));
  expect(parts.map(({ label }) => label)).not.toContain('part 0');
  expect(parts.at(-1)).toEqual({ place: 14, label: '2 others', amount: 3 });
});
