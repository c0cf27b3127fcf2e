import { inOrderOfMaking, makeValue, type SecretValues } from '../generate';
import type { SecretSpec } from '../manifest';
import { openValues, putValues } from '../make-missing';
import { readValue } from '../../common/prompt';
import { Refusal } from '../../common/refusal';
import { changeStore } from '../change';
import { datesOf, expiredSecrets, namesIn } from '../check';
import { FILES } from '../store';
import type { Command } from './command';

function specNamed(specs: readonly SecretSpec[], name: string | undefined): SecretSpec {
  const spec = specs.find((each) => each.name === name);
  if (spec) return spec;
  throw new Refusal(`the definition names no secret '${name ?? ''}'; it names: ${specs.map((each) => each.name).join(', ')}`);
}

/** `set`: a value from a prompt or from standard input, never from the command line. */
export const set: Command = {
  synopsis: 'set NAME',
  summary: 'asks for one value, or reads it from standard input, and encrypts it',
  async run({ store, specs, say }, [name]) {
    const spec = specNamed(specs(), name);
    const value = await readValue(spec.name);
    if (!value) throw new Refusal(`a secret is not empty; '${spec.name}' stays as it was`);
    putValues(store, [spec], { [spec.name]: value });
    say(`set ${spec.name}; apply it to ${spec.usedBy.join(', ')}`);
    return 0;
  },
};

/** `show`: for a person who has to type a password somewhere. */
export const show: Command = {
  synopsis: 'show NAME',
  summary: 'prints one value, alone, on standard output',
  run({ store, specs }, [name]) {
    const spec = specNamed(specs(), name);
    const value = openValues(store)[spec.name];
    if (value === undefined) throw new Refusal(`'${spec.name}' has no value yet; make it with: npm run secrets -- create`);
    process.stdout.write(`${value}\n`);
    return 0;
  },
};

/** `remove`: for what the definition no longer names. */
export const remove: Command = {
  synopsis: 'remove NAME',
  summary: 'drops a value that the definition no longer needs',
  run({ store, specs, say }, [name]) {
    const file = FILES.find((each) => namesIn(store, each).includes(name ?? ''));
    if (!name || !file) throw new Refusal(`no file holds a secret '${name ?? ''}'`);
    const needed = specs().find((spec) => spec.name === name);
    if (needed) throw new Refusal(`'${name}' is needed by ${needed.usedBy.join(', ')}; take it out of the definition first`);
    changeStore(store, (draft) => draft.unset(file, name));
    say(`removed ${name}; it stays in git's history, so make it worthless where it was used`);
    return 0;
  },
};

/** Secrets to renew: those named, those expired, and every certificate whose authority is among them. */
function withDependants(specs: readonly SecretSpec[], chosen: ReadonlySet<string>): SecretSpec[] {
  return specs.filter(({ name, howToMake: how }) => chosen.has(name) || (how.kind === 'certificate' && chosen.has(how.issuer)));
}

/** `rotate`: new values for secrets. */
export const rotate: Command = {
  synopsis: 'rotate NAME... | --expired',
  summary: 'makes values anew, asking for those that another party issues',
  flags: ['expired'],
  async run({ store, specs, say }, names, flags) {
    const all = specs();
    const expired = flags.has('expired') ? expiredSecrets(store, all, Date.now()).map((spec) => spec.name) : [];
    const named = names.map((name) => specNamed(all, name).name);
    const due = inOrderOfMaking(withDependants(all, new Set([...named, ...expired])));
    if (due.length === 0) {
      if (!flags.has('expired')) throw new Refusal('name the secrets to rotate, or say --expired');
      say('nothing is expired');
      return 0;
    }
    const values: SecretValues = openValues(store);
    const renewed: SecretValues = {};
    for (const spec of due) {
      const value = (await makeValue(spec, { ...values, ...renewed })) ?? (await readValue(`new ${spec.name}`));
      if (!value) throw new Refusal(`a secret is not empty; nothing was changed`);
      renewed[spec.name] = value;
    }
    const before = datesOf(store);
    putValues(store, due, renewed);
    for (const spec of due) say(`rotated ${spec.name} (was of ${before[spec.name] ?? 'an unknown day'}); apply it to ${spec.usedBy.join(', ')}`);
    return 0;
  },
};
