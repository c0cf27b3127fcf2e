import { isDeepStrictEqual } from 'node:util';
import type { Problem } from '../core/problem';
import type { HomelabProps } from '../homelab-props';
import { labSecrets, type NamedSecret } from '../lab-secrets';
import { factsToCheck } from './settings';

/**
 * A secret is the same wherever it is named: its kind says whether a new value loses data, so two kinds of one name would make one of them
 * wrong, and which one nobody could see.
 */
export function checkSecrets(lab: HomelabProps, declared: ReadonlySet<string>): Problem[] {
  const first = new Map<string, NamedSecret>();
  return namedIn(lab, declared).flatMap((named): Problem[] => {
    const { secret, usedBy, consumer } = named;
    const known = first.get(secret.secret);
    if (!known) first.set(secret.secret, named);
    if (!known || (isDeepStrictEqual(known.secret, secret) && known.consumer === consumer)) return [];
    const got = `'${secret.secret}' of '${usedBy}' is not that of '${known.usedBy}'`;
    return [{ path: 'homelab', rule: 'a secret that is named twice is the same both times: its kind, how it is made, its age, and which tool reads it', got, remedy: 'name it once and use that value in both places, or give one another name' }];
  });
}

/** Secrets as far as the house can be read; what cannot has been reported by the rule that misses something. */
function namedIn(lab: HomelabProps, declared: ReadonlySet<string>): NamedSecret[] {
  if (!factsToCheck(lab, declared)) return [];
  try {
    return labSecrets(lab);
  } catch {
    return [];
  }
}
