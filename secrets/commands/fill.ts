import { howToGive, requireForm } from '../forms';
import { makeValues, missingSpecs, openValues, putValues, type Ask } from '../make-missing';
import { askHidden, isInteractive } from '../../common/prompt';
import type { Context } from './command';

/** Asks a person for what another party issues; without one, it is left for later. */
const askOwner: Ask = async (spec) => {
  if (spec.howToMake.kind !== 'ask' || !isInteractive()) return undefined;
  return (await askHidden(`${spec.name}, for ${spec.usedBy.join(', ')} (${spec.howToMake.hint}); empty for later`)) || undefined;
};

/**
 * Makes or asks for what is missing, writes it, and says what is left: a token that is issued later is no failure here,
 * `check` is what stands before a run.
 * @returns the exit code
 */
export async function fill(context: Context): Promise<number> {
  const { store, say } = context;
  const specs = context.specs();
  const missing = missingSpecs(store, specs);
  const values = await makeValues(missing, openValues(store), askOwner);
  for (const spec of specs.filter(({ name }) => name in values)) requireForm(spec, values[spec.name]!);
  putValues(store, specs, values);
  for (const name of Object.keys(values)) say(`made ${name}`);
  const left = missing.filter((spec) => !(spec.name in values));
  for (const spec of left) say(`still missing: ${spec.name}; ${howToGive(spec)}`);
  say(left.length ? `${left.length} of ${specs.length} secrets are still missing` : `all ${specs.length} secrets are there`);
  return 0;
}
