import { X509Certificate } from 'node:crypto';

import type { SecretSpec } from './manifest';

const WORD = 'example';
/** What random bytes in hexadecimal begin with, which cannot hold a word. */
const HEX = 'e0e0e0e0';

/** A spec whose value shows that it is made up: an authority says so in its name, and its certificates name it. */
export function madeUpSpec(spec: SecretSpec): SecretSpec {
  const how = spec.howToMake;
  return how.kind === 'authority' ? { ...spec, howToMake: { ...how, commonName: `${how.commonName} ${WORD}` } } : spec;
}

/** The same value, of the same length, with a mark that it is made up. */
export function madeUpValue(value: string): string {
  if (isMadeUp(value)) return value;
  const mark = /^[0-9a-f]{16,}$/.test(value) ? HEX : WORD;
  return mark + value.slice(mark.length);
}

/** Whether a value shows that `secrets example` made it: nothing else may be encrypted to the key that everybody has. */
export function isMadeUp(value: string): boolean {
  if (value.includes('-----BEGIN CERTIFICATE-----')) return new X509Certificate(value.slice(value.indexOf('-----BEGIN CERTIFICATE-----'))).issuer.includes(WORD);
  return value.startsWith(WORD) || value.startsWith(HEX) || (value.startsWith('eyJ') && Buffer.from(value, 'base64').includes(`"${WORD}"`));
}
