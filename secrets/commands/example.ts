import { exampleOf } from '../forms';
import { makeFiles, makeValues, putValues, type Ask } from '../make-missing';
import { madeUpSpec, madeUpValue } from '../made-up';
import { EXAMPLE_RECIPIENT, exampleStore, FILES } from '../store';
import type { Command } from './command';

/** What another party would issue, made up. */
const makeUp: Ask = async (spec) => exampleOf(spec);

/** `example`: for whoever changes the definition, so that rehearsals have every secret it names. */
export const example: Command = {
  summary: 'makes the example secrets of rehearsals anew, as the definition needs them',
  async run({ root, specs, say }) {
    const store = exampleStore(root);
    makeFiles(store, FILES, [EXAMPLE_RECIPIENT]);
    const made = await makeValues(specs().map(madeUpSpec), {}, makeUp);
    const values = Object.fromEntries(Object.entries(made).map(([name, value]) => [name, madeUpValue(value)]));
    putValues(store, specs(), values);
    say(`made ${Object.keys(values).length} example secrets in secrets/example`);
    return 0;
  },
};
