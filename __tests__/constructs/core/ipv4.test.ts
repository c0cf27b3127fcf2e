import { formatIpv4, formatNetwork, isHostIn, parseCidr, parseIpv4 } from '../../../constructs/core/ipv4';

test.each(['0.0.0.0', '10.61.4.5', '192.168.88.254', '255.255.255.255'])('%s is read and written back as it was', (text) => {
  expect(formatIpv4(parseIpv4(text)!)).toBe(text);
});

test.each(['', '10.61.4', '10.61.4.5.6', '10.61.4.256', '10.61.04.5', '10.61.4.-5', '10.61.4.5/22', ' 10.61.4.5', 'ten'])('%p is no address', (text) => {
  expect(parseIpv4(text)).toBeUndefined();
});

test.each(['10.61.4.5', '10.61.4.5/', '10.61.4.5/33', '10.61.4.5/-1', '10.61.4.5/2x', '10.61.4.5/22/1', '/22'])('%p is no network', (text) => {
  expect(parseCidr(text)).toBeUndefined();
});

test.each([
  ['10.61.4.5/22', '10.61.4.0/22', '10.61.4.1', '10.61.7.254'],
  ['192.168.88.10/24', '192.168.88.0/24', '192.168.88.1', '192.168.88.254'],
  ['10.61.4.5/8', '10.0.0.0/8', '10.0.0.1', '10.255.255.254'],
  ['10.61.4.17/30', '10.61.4.16/30', '10.61.4.17', '10.61.4.18'],
  ['200.1.2.3/0', '0.0.0.0/0', '0.0.0.1', '255.255.255.254'],
])('machines in %s are those of %s from %s to %s', (cidr, network, first, last) => {
  const parsed = parseCidr(cidr)!;
  const inside = (address: number): boolean => isHostIn(parsed, address);
  expect(formatNetwork(parsed)).toBe(network);
  expect([parseIpv4(first)! - 1, parseIpv4(first)!, parseIpv4(last)!, parseIpv4(last)! + 1].map(inside)).toEqual([false, true, true, false]);
});
