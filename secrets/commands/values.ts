import { refuseDataKeys, specNamed, whatIsLeft } from '../renewal';
import { openValues, putValues } from '../make-missing';
import { readValue } from '../../common/prompt';
import { Refusal } from '../../common/refusal';
import { changeStore } from '../change';
import { namesIn } from '../check';
import { howToGive, requireForm } from '../forms';
import { FILES, refuseExampleKey } from '../store';
import type { Command } from './command';

/** `set`: a value from a prompt or from standard input, never from the command line. */
export const set: Command = {
  words: 'NAME',
  summary: 'asks for one value, or reads it from standard input, and encrypts it',
  async run({ store, specs, say }, [name]) {
    refuseExampleKey(store);
    const spec = specNamed(specs(), name);
    const value = await readValue(spec.name);
    if (!value) throw new Refusal(`a secret is not empty; '${spec.name}' stays as it was`);
    requireForm(spec, value);
    if (spec.name in openValues(store)) refuseDataKeys([spec]);
    putValues(store, [spec], { [spec.name]: value });
    say(`set ${spec.name}; ${whatIsLeft(spec)}`);
    return 0;
  },
};

/** `show`: for a person who has to type a password somewhere. */
export const show: Command = {
  words: 'NAME',
  summary: 'prints one value, alone, on standard output',
  run({ store, specs }, [name]) {
    const spec = specNamed(specs(), name);
    const value = openValues(store)[spec.name];
    if (value === undefined) throw new Refusal(`'${spec.name}' has no value yet; ${howToGive(spec)}`);
    process.stdout.write(`${value}\n`);
    return 0;
  },
};

/** `remove`: for what the definition no longer names. */
export const remove: Command = {
  words: 'NAME',
  summary: 'drops a value that the definition no longer needs',
  run({ store, specs, say }, [name]) {
    refuseExampleKey(store);
    const file = FILES.find((each) => namesIn(store, each).includes(name ?? ''));
    if (!name || !file) throw new Refusal(`no file holds a secret '${name ?? ''}'`);
    const needed = specs().find((spec) => spec.name === name);
    if (needed) throw new Refusal(`'${name}' is needed by ${needed.usedBy.join(', ')}; take it out of the definition first`);
    changeStore(store, (draft) => draft.unset(file, name));
    say(`removed ${name}; it stays in git's history, so make it worthless where it was used`);
    return 0;
  },
};
