import { randomBytes, randomInt } from 'node:crypto';

import type { SecretSpec } from './manifest';
import { Refusal } from '../common/refusal';

const LETTERS_AND_DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Values by name, in clear text; never written, printed or kept longer than one command. */
export type SecretValues = Record<string, string>;

/**
 * Makes the value of one secret. What makes certificates is loaded only when one is made: it takes longer to load than
 * most commands take to run.
 * @param values those already made; a certificate's issuer must be among them
 * @returns undefined for a secret that another party issues
 */
export async function makeValue(spec: SecretSpec, values: SecretValues): Promise<string | undefined> {
  const how = spec.howToMake;
  switch (how.kind) {
    case 'random':
      return Array.from({ length: how.length }, () => LETTERS_AND_DIGITS[randomInt(LETTERS_AND_DIGITS.length)]).join('');
    case 'hex':
      return randomBytes(how.bytes).toString('hex');
    case 'ask':
      return undefined;
    case 'authority':
      return (await import('./certificates')).makeAuthority(how.commonName, how.permitted);
    case 'certificate': {
      const authority = values[how.issuer];
      if (!authority) throw new Refusal(`secret '${spec.name}' is signed by '${how.issuer}', which is not there; make that one first`);
      return (await import('./certificates')).makeCertificate(authority, how.hosts);
    }
  }
}

/** Orders specs so that a certificate's authority is made before it. */
export function inOrderOfMaking(specs: readonly SecretSpec[]): SecretSpec[] {
  const late = (spec: SecretSpec) => Number(spec.howToMake.kind === 'certificate');
  return [...specs].sort((a, b) => late(a) - late(b));
}
