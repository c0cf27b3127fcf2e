import { freeAddress, freeId } from '../../scripts/new-service/free';

const at = (...addresses: string[]) => addresses.map((address, index) => ({ address, vmId: 100 + index }));

test.each([
  ['above the highest of the services', ['10.20.1.7', '10.20.1.9'], '10.20.0.10/16', '10.20.1.10'],
  ['over the end of a block of 256', ['10.20.1.255'], '10.20.0.10/16', '10.20.2.0'],
  ['inside a small network', ['192.168.7.125'], '192.168.7.10/25', '192.168.7.126'],
  ['below, when the top is taken', ['192.168.7.126'], '192.168.7.10/25', '192.168.7.125'],
])('an address is taken %s', (_what, taken, bridge, expected) => {
  expect(freeAddress(at(...taken), bridge, ['192.168.7.1'])).toBe(expected);
});

test('a house without services gets an address near the top, and a full network none', () => {
  expect(freeAddress([], '192.168.7.10/24', ['192.168.7.1'])).toBe('192.168.7.200');
  expect(freeAddress(at('10.0.0.2'), '10.0.0.1/30', [])).toBeUndefined();
});

test('an id is above all others, also of the template', () => {
  expect(freeId(at('10.0.0.1', '10.0.0.2'), [102])).toBe(103);
  expect(freeId([], [])).toBe(100);
});
