import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { makeFiles, makeValues, missingSpecs, openValues, putValues, type Ask } from '../make-missing';
import { askHidden, isInteractive } from '../prompt';
import { Refusal } from '../refusal';
import { FILES, isExample } from '../store';
import type { Command, Context } from './command';

/** Asks a person for what another party issues; without one, it is left for later. */
export const askOwner: Ask = async (spec) => {
  if (spec.howToMake.kind !== 'ask' || !isInteractive()) return undefined;
  return (await askHidden(`${spec.name}, for ${spec.usedBy.join(', ')} (${spec.howToMake.hint}); empty for later`)) || undefined;
};

/** Makes or asks for what is missing, writes it, and says what is left. @returns the exit code */
export async function fill(context: Context): Promise<number> {
  const { store, say } = context;
  const specs = context.specs();
  const missing = missingSpecs(store, specs);
  const values = await makeValues(missing, openValues(store), askOwner);
  putValues(store, specs, values);
  for (const name of Object.keys(values)) say(`made ${name}`);
  const left = missing.filter((spec) => !(spec.name in values));
  for (const spec of left) {
    const hint = spec.howToMake.kind === 'ask' ? ` (${spec.howToMake.hint})` : '';
    say(`still missing: ${spec.name}${hint}; give it with: npm run secrets -- set ${spec.name}`);
  }
  say(left.length ? `${left.length} of ${specs.length} secrets are still missing` : `all ${specs.length} secrets are there`);
  return left.length ? 1 : 0;
}

/** `create`: the verb behind `make secrets`. */
export const create: Command = {
  synopsis: 'create [--dry-run]',
  summary: 'makes what can be generated, asks for the rest, encrypts; keeps what is there',
  flags: ['dry-run'],
  async run(context, _args, flags) {
    if (isExample(context.store.folder)) throw new Refusal('these are the example secrets; make your own with: npm run secrets -- init');
    if (flags.has('dry-run')) {
      for (const spec of missingSpecs(context.store, context.specs())) context.say(`would make ${spec.name} (${spec.howToMake.kind})`);
      return 0;
    }
    const absent = FILES.filter((file) => !existsSync(join(context.store.folder, file)));
    makeFiles(context.store, absent);
    return fill(context);
  },
};
