import { makeFiles, makeValues, putValues, type Ask } from '../make-missing';
import { exampleStore, FILES } from '../store';
import type { Command } from './command';

/** What another party would issue, made up. */
const makeUp: Ask = async ({ name, howToMake: how }) => (how.kind === 'ask' && how.example) || `example-${name}`;

/** `example`: for whoever changes the definition, so that rehearsals have every secret it names. */
export const example: Command = {
  synopsis: 'example',
  summary: 'makes the example secrets of rehearsals anew, as the definition needs them',
  async run({ root, specs, say }) {
    const store = exampleStore(root);
    makeFiles(store, FILES);
    const values = await makeValues(specs(), {}, makeUp);
    putValues(store, specs(), values);
    say(`made ${Object.keys(values).length} example secrets in secrets/example`);
    return 0;
  },
};
