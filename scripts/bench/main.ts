import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measure, median, type Cost } from './measure';

const help = `Prints what synth costs beside the floor, all in one sitting, medians of several runs; then the rehearsal beside
bare Terraform, once; 1,000 services are minutes of Terraform's own work.

usage: npm run bench [-- --repeat N] [--largest N]

  --repeat N    runs of each command, taken in turns; default 5
  --largest N   leave out houses with more services; default 10000, at most 1000 of them are rehearsed
`;

interface Subject {
  readonly what: string;
  readonly command: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  readonly services?: number;
}

const synth = ['node', 'scripts/synth/main.cjs'];
const floor: Subject = { what: 'floor: node loads cdktf and constructs', command: ['node', '-e', "require('cdktf');require('constructs')"] };
const house: Subject = { what: 'synth: this house, built from source', command: synth };
const compared: readonly Subject[] = [
  floor,
  house,
  { what: "stock template's command: ts-node main.ts", command: ['npx', 'ts-node', '-P', 'scripts/bench/tsconfig.stock.json', 'main.ts'] },
  { what: 'cdktf synth: the CLI around synth', command: ['npx', 'cdktf', 'synth'] },
];
const large: readonly Subject[] = [10, 100, 1000, 10_000].map((services) => ({
  what: `synth: ${services} services`,
  command: synth,
  env: { HOMELAB_ENTRY: 'scripts/bench/large-house.ts', BENCH_SERVICES: String(services) },
  services,
}));

/** Runs every subject in turns, so that a busy minute of the machine falls on all of them. */
function runAll(subjects: readonly Subject[], repeat: number): Map<Subject, Cost> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const costs = new Map<Subject, Cost[]>(subjects.map((subject) => [subject, []]));
  try {
    for (let round = 0; round <= repeat; round += 1) {
      process.stderr.write(round === 0 ? 'bench: warming up\n' : `bench: round ${round} of ${repeat}\n`);
      for (const subject of subjects) {
        const outdir = join(folder, subject.what.replaceAll(/\W+/g, '-'), 'out');
        const cost = measure(subject.command, { CDKTF_OUTDIR: outdir, CHECKPOINT_DISABLE: '1', ...subject.env });
        // Every run writes the whole tree.
        rmSync(join(outdir, '..'), { recursive: true, force: true });
        if (round > 0) costs.get(subject)!.push(cost);
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return new Map([...costs].map(([subject, runs]) => [subject, median(runs)]));
}

function print(costs: ReadonlyMap<Subject, Cost>): void {
  const base = costs.get(floor)!;
  console.log(`${'command'.padEnd(46)}  wall s   cpu s  peak MiB  wall / floor`);
  for (const [{ what }, cost] of costs) {
    const ratio = (cost.wallSec / base.wallSec).toFixed(2).padStart(8);
    console.log(`${what.padEnd(46)}${cost.wallSec.toFixed(2).padStart(8)}${cost.cpuSec.toFixed(2).padStart(8)}${cost.peakMiB.toFixed(0).padStart(10)}  ${ratio}`);
  }
  const at = (services: number): Cost | undefined => [...costs].find(([subject]) => subject.services === services)?.[1];
  const [small, big] = [at(1000), at(10_000)];
  if (small && big) {
    const time = ((big.wallSec - base.wallSec) / (small.wallSec - base.wallSec)).toFixed(1);
    const memory = ((big.peakMiB - base.peakMiB) / (small.peakMiB - base.peakMiB)).toFixed(1);
    console.log(`\nfrom 1,000 to 10,000 services, above the floor: ${time} times the wall time, ${memory} times the memory`);
  }
}

function option(args: readonly string[], name: string, fallback: number): number {
  const index = args.indexOf(name);
  const value = index < 0 ? fallback : Number(args[index + 1]);
  if (Number.isInteger(value) && value > 0) return value;
  console.error(`bench: ${name} is a whole number from 1 up, got '${args[index + 1] ?? ''}'`);
  process.exit(2);
}

const args = process.argv.slice(2);
if (args.includes('--help')) console.log(help);
else {
  const largest = option(args, '--largest', 10_000);
  print(runAll([...compared, ...large.filter(({ services }) => services! <= largest)], option(args, '--repeat', 5)));
  console.log('');
  spawnSync(process.execPath, ['scripts/synth/main.cjs'], { stdio: 'ignore' });
  const rehearsed = ['--import', 'tsx', 'rehearsal/bench.ts', '--services', String(Math.min(largest, 1000))];
  process.exitCode = spawnSync(process.execPath, rehearsed, { stdio: 'inherit' }).status ?? 1;
}
