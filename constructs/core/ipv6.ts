import { isIPv6 } from 'node:net';

/** Whether a value is an IPv6 address without prefix and zone. */
export function isIpv6(value: unknown): boolean {
  return typeof value === 'string' && !value.includes('%') && isIPv6(value);
}
