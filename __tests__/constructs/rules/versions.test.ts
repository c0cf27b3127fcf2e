import { compareVersions } from '../../../constructs/rules/kernel';

test.each([
  ['6.17', '6.17.1', -1],
  ['6.17.4', '6.17', 1],
  ['6.17.0', '6.17', 0],
  ['6.9.3-2-pve', '6.17.1', -1],
  ['590.48.01', '590.48.1', 0],
])('%s against %s', (left, right, sign) => {
  expect(Math.sign(compareVersions(left, right))).toBe(sign);
  expect(Math.sign(compareVersions(right, left)) + sign).toBe(0);
});
