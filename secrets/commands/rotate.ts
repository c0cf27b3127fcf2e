import { flag } from '../../common/verb';
import { readValue } from '../../common/prompt';
import { Refusal } from '../../common/refusal';
import { datesOf, expiredSecrets } from '../check';
import { requireForm } from '../forms';
import { inOrderOfMaking, makeValue, type SecretValues } from '../generate';
import { openValues, putValues } from '../make-missing';
import type { SecretSpec } from '../manifest';
import { refuseDataKeys, specNamed, whatIsLeft } from '../renewal';
import { refuseExampleKey } from '../store';
import type { Command } from './command';

/** Secrets to renew: those chosen, and every certificate whose authority is among them. */
function withDependants(specs: readonly SecretSpec[], chosen: ReadonlySet<string>): SecretSpec[] {
  return specs.filter(({ name, howToMake: how }) => chosen.has(name) || (how.kind === 'certificate' && chosen.has(how.issuer)));
}

/** New values in memory. @throws Refusal when one that is asked for is not given */
async function renew(due: readonly SecretSpec[], known: SecretValues): Promise<SecretValues> {
  const renewed: SecretValues = {};
  for (const spec of due) {
    const value = (await makeValue(spec, { ...known, ...renewed })) ?? (await readValue(`new ${spec.name}`));
    if (!value) throw new Refusal(`'${spec.name}' is issued by another party (${spec.howToMake.kind === 'ask' ? spec.howToMake.hint : ''}) and a secret is not empty; nothing was changed`);
    requireForm(spec, value);
    renewed[spec.name] = value;
  }
  return renewed;
}

/** `rotate`: new values for secrets. */
export const rotate: Command = {
  words: '[NAME]...',
  summary: 'makes values anew, asking for those that another party issues, and says by which play each takes effect; refuses data keys',
  options: { expired: flag('those whose time is up') },
  async run({ store, specs, say }, names, flags) {
    refuseExampleKey(store);
    const all = specs();
    const expired = flags.has('expired') ? expiredSecrets(store, all, Date.now()).map((spec) => spec.name) : [];
    const named = names.map((name) => specNamed(all, name).name);
    const due = inOrderOfMaking(withDependants(all, new Set([...named, ...expired])));
    if (due.length === 0) {
      if (!flags.has('expired')) throw new Refusal('name the secrets to rotate, or say --expired');
      say('nothing is expired');
      return 0;
    }
    refuseDataKeys(due);
    const renewed = await renew(due, openValues(store));
    const before = datesOf(store);
    putValues(store, due, renewed);
    for (const spec of due) say(`new value for ${spec.name} (the last was of ${before[spec.name] ?? 'an unknown day'}); ${whatIsLeft(spec)}`);
    return 0;
  },
};
