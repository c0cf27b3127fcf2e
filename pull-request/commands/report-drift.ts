import { readFileSync } from 'node:fs';
import { Refusal } from '../../common/refusal';
import { value, type Verb } from '../../common/verb';
import { safe } from '../../review/document/markdown';
import { driftText, type Drift } from '../../review/drift';
import { reportDrift } from '../forge/drift-issue';
import { FORGE_OPTIONS, forgeOf } from './forge-options';

/** Tells a forge what `./house drift --json` has found; for the timer that runs it. */
export const reportDriftVerb: Verb = {
  summary: 'opens, renews or closes the one issue about what drift --json has found; the token is read from FORGE_TOKEN',
  options: { ...FORGE_OPTIONS, file: value('FILE', 'what drift --json has printed') },
  run: async (_root, typed) => {
    const { forge, place } = forgeOf(typed, 'report-drift', ['file']);
    const found = readDrift(String(typed.options.file));
    console.log(`${forge.name}: ${await reportDrift(forge, place, found.map(({ stack, ...drift }) => safe(`${stack}: ${driftText(drift)}`)))}`);
    return 0;
  },
};

/** What a run wrote. @throws Refusal for anything else: an empty file of a run that failed must not close the issue */
function readDrift(path: string): (Drift & { readonly stack: string })[] {
  const problem = new Refusal(`'${path}' is not what drift --json prints; the issue is left as it is`, 'write it with: ./house drift --json > FILE, which ends with 0 or 2');
  let list: unknown;
  try {
    list = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    throw problem;
  }
  const isDrift = (item: Partial<Drift & { stack: string }> | null) =>
    typeof item?.stack === 'string' && typeof item.address === 'string' && ['changed', 'gone', 'pending'].includes(item.kind ?? '') && typeof item.apply === 'string' && Array.isArray(item.values);
  if (!Array.isArray(list) || !list.every(isDrift)) throw problem;
  return list as (Drift & { readonly stack: string })[];
}
