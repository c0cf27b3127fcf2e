import { join } from 'node:path';

import { FACTS_FILES, loadProviderFacts } from '../../rehearsal/facts/provider-facts';
import { WrongUsage } from '../../common/refusal';
import { flag, list, listOf, textOf, value, type Arguments, type CommandLine } from '../../common/verb';
import { askForSchema } from './ask';
import { differences } from './differences';
import { upgradeFacts } from './facts';
import { boundTypes, filesOf, readPin, writeFiles, type Pin } from './pinned';
import { readSchema } from './schema';

const FACTS = FACTS_FILES[0]!;

/** Every name must be one that the new version has, so that a slip is no silent permission. */
function refuseUnknown(named: readonly string[], known: readonly string[]): void {
  const unknown = named.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new WrongUsage(`${unknown.join(', ')}: nothing of that name is new or unnamed in this version`);
}

function upgrade(root: string, typed: Arguments): number {
  const known = loadProviderFacts(FACTS);
  const before: Pin = { ...readPin(root), version: known.version };
  const version = textOf(typed, 'version') ?? before.version;
  if (!/^\d+\.\d+\.\d+$/.test(version)) throw new WrongUsage(`--version is one exact version, such as ${before.version}, got '${version}'`);
  if (typed.words.length > 1) throw new WrongUsage('name one file');
  const types = [...new Set([...boundTypes(root), ...Object.keys(known.resources)])];
  const told = readSchema(typed.words[0] ?? askForSchema(join(root, '.cache/upgrade-provider'), before.source, version), before.source, types);
  const [inPlace, replaces] = [listOf(typed, 'in-place'), listOf(typed, 'replaces')];
  const open = before.unnamed;
  refuseUnknown([...inPlace, ...replaces], upgradeFacts(told.schema, known, version, { inPlace: [], replaces: [], open }).unnamed);
  const { facts, unnamed } = upgradeFacts(told.schema, known, version, { inPlace, replaces, open });

  console.log(`${before.source} ${before.version} -> ${version}`);
  const differ = differences(known, facts);
  if (differ.length === 0) console.log('nothing differs in what the house is made of');
  for (const { type, lines } of differ) console.log(`\n${type}\n${lines.map((line) => `  ${line}`).join('\n')}`);
  if (unnamed.length > 0) console.log(`\nwhat a change of these does is in no schema: they are planned as a replacement, and refused, until you name them\n${unnamed.map((name) => `  --in-place ${name}  or  --replaces ${name}`).join('\n')}`);

  const files = filesOf(root, { source: before.source, version, unnamed }, before, facts, told);
  if (typed.options['dry-run']) {
    console.log('\ndry run: nothing was written');
    return 0;
  }
  const written = writeFiles(root, files);
  console.log(`\n${written.length === 0 ? 'nothing to write' : `wrote ${written.join(', ')}`}\nnext: ./house rehearse, then git diff, then ./house state lock-providers`);
  return 0;
}

/** `./house upgrade-provider`. */
export const provider: CommandLine = {
  name: 'upgrade-provider',
  typed: './house',
  verbs: {
    'upgrade-provider': {
      words: '[SCHEMA]',
      summary: 'moves the house to another version of bpg/proxmox: shows what differs, keeps what is known, and writes the pin, the bindings and the facts of the rehearsal',
      options: {
        version: value('X.Y.Z', 'the version to move to (default: the present one, to name what is still unnamed)'),
        'in-place': list('TYPE.PATH', 'a changed value is taken in by the running guest, or by an update; may be said more than once'),
        replaces: list('TYPE.PATH', 'a changed value replaces the resource; may be said more than once'),
        'dry-run': flag('shows what differs, and writes nothing'),
      },
      examples: ['upgrade-provider --version 0.112.0 --dry-run', 'upgrade-provider schema.json --version 0.112.0'],
      run: upgrade,
    },
  },
  notes: `SCHEMA is what 'terraform providers schema -json' prints; without it the registry is asked for the version.
Exit codes: 0 done, 1 refused (reason printed), 2 wrong usage.`,
};
