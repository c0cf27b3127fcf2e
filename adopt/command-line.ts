import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { Refusal, WrongUsage } from '../common/refusal';
import { flag, list, listOf, value, type Arguments, type CommandLine } from '../common/verb';
import { homelab } from '../homelab';
import { readHouse, type FoundHouse } from './house';
import { renderReport } from './report';
import { parseSections } from './sections';
import { definitionOf, KNOWN_FILE, problemsWith, writeFiles } from './write';

const READER = join(__dirname, 'read-host.sh');

/** Reads the host over ssh, or a file that was saved there. */
function readFrom(options: Readonly<Record<string, unknown>>): FoundHouse {
  const { host, from } = options;
  if ((host === undefined) === (from === undefined)) throw new WrongUsage('say where to read: --host ADDRESS, or --from FILE that adopt/read-host.sh printed on the host');
  if (typeof from === 'string') {
    try {
      return readHouse(parseSections(readFileSync(from, 'utf8')));
    } catch (error) {
      if (error instanceof Refusal) throw error;
      throw new Refusal(`'${from}' cannot be read: ${(error as Error).message}`);
    }
  }
  const name = String(host);
  const address = name === homelab.host.nodeName ? homelab.host.bridge.address.split('/')[0]! : name;
  if (!/^[A-Za-z0-9][A-Za-z0-9.:-]*$/.test(address)) throw new Refusal(`'${name}' is no name or address of a host`);
  const ssh = ['-o', 'BatchMode=yes', '-o', 'ConnectTimeout=10', `root@${address}`, 'sh', '-s'];
  const run = spawnSync('ssh', ssh, { input: readFileSync(READER), encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  if (run.error) throw new Refusal(`ssh cannot be started: ${run.error.message}`);
  if (run.status !== 0) throw new Refusal(`root@${address} cannot be read: ${run.stderr.trim() || `exit code ${run.status}`}`);
  return readHouse(parseSections(run.stdout));
}

const OPTIONS = {
  host: value('ADDRESS', 'reads over ssh; the name of the node stands for its address'),
  from: value('FILE', 'reads what adopt/read-host.sh printed on the host'),
  write: flag(`writes ${KNOWN_FILE}: guests that are no service keep their VMIDs and addresses, and nothing touches them`),
  adopted: list('VMID|all', 'with --write: these containers get a file each below homelab/adopted, with all their values, for ./house state adopt'),
  replace: flag('with --write: in the place of what was written or edited before'),
  'dry-run': flag('with --write: prints the files, and writes nothing'),
};

/** Guests that the owner wants adopted. @throws WrongUsage for what is neither a VMID nor `all` */
function wantedOf(typed: Arguments): 'all' | readonly number[] {
  const words = listOf(typed, 'adopted').flatMap((word) => word.split(','));
  if (words.includes('all')) return 'all';
  const wrong = words.find((word) => !/^\d+$/.test(word));
  if (wrong !== undefined) throw new WrongUsage(`--adopted takes VMIDs, or 'all'; got '${wrong}'`);
  return words.map(Number);
}

function write(root: string, found: FoundHouse, typed: Arguments): number {
  const { options } = typed;
  const written = definitionOf(found, homelab, wantedOf(typed));
  if (options['dry-run']) {
    for (const [path, text] of written.files) process.stdout.write(`// ${path}\n${text}\n`);
  }
  for (const line of written.told) console.log(`adopt: ${line}`);
  const paths = options['dry-run'] ? [] : writeFiles(root, written, homelab, options['replace'] === true);
  if (!options['dry-run']) console.log(paths.length === 0 ? 'adopt: the definition says it already; nothing was written' : `adopt: wrote ${paths.join(', ')}: ${written.adopted.length} guests are adopted, ${written.known.length} are known and nothing touches them`);
  const problems = problemsWith(homelab, written);
  if (problems.length > 0) console.error(`adopt: the definition does not fit them yet:\n\n${problems.join('\n\n')}`);
  return problems.length > 0 ? 1 : 0;
}

/** `./house adopt`: a host that already runs. */
export const adoption: CommandLine = {
  name: 'adopt',
  typed: './house',
  verbs: {
    adopt: {
      summary: 'says what is on a host that already runs, guest by guest, and what becomes of each',
      options: OPTIONS,
      examples: ['adopt --host pve', 'adopt --from house.txt', 'adopt --from house.txt --write --dry-run', 'adopt --from house.txt --write --adopted all'],
      run: (root, typed) => {
        for (const option of ['replace', 'dry-run', 'adopted']) if (typed.options[option] && !typed.options['write']) throw new WrongUsage(`--${option} goes with --write`);
        const house = readFrom(typed.options);
        if (typed.options['write']) return write(root, house, typed);
        process.stdout.write(renderReport(house, homelab));
        return 0;
      },
    },
  },
  notes: `It never writes to the host. Without a key on the host yet:
  ssh root@HOST sh -s < adopt/read-host.sh > house.txt
Exit codes: 0 done, 1 refused or something does not fit (reason printed), 2 wrong usage.`,
};
