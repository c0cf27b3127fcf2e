import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, readlinkSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { synthesize } from '../../../constructs';
import { readTree } from '../../helpers/emitted';
import { largeHouse } from '../../helpers/large-house';
import { root, writeEntry } from '../../helpers/run-synth';
import { smallHouse } from '../../helpers/small-house';

const house = `import { largeHouse } from '__tests__/helpers/large-house';\nconst house = largeHouse(24);`;

/** Kills its own process in place of the KILL_AT-th change of the file system, and counts them when it is not asked to. */
const killer = `
  const fs = require('node:fs');
  let step = 0;
  for (const name of ['mkdirSync', 'writeFileSync', 'renameSync', 'symlinkSync', 'rmSync'])
    { const real = fs[name]; fs[name] = (...args) => { if (String(step++) === process.env.KILL_AT) process.kill(process.pid, 'SIGKILL'); return real(...args); }; }
  process.on('exit', () => fs.writeSync(1, ' ' + step + ' steps'));
`;

let folder: string;
let outdir: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'generation-'));
  outdir = join(folder, 'out');
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Runs the command and kills it at one step. */
function runKilledAt(step: number | undefined): { signal: NodeJS.Signals | null; stdout: string } {
  const entryFolder = join(folder, 'entry');
  mkdirSync(entryFolder, { recursive: true });
  const env = { ...process.env, HOMELAB_ENTRY: writeEntry(entryFolder, house, killer), CDKTF_OUTDIR: outdir, KILL_AT: String(step) };
  return spawnSync(process.execPath, [join(root, 'scripts/synth/main.cjs')], { cwd: root, encoding: 'utf8', env });
}

/** What Terraform leaves in the folder of a stack. */
const terraformFiles = { '.terraform/providers/plugin': 'a plugin', '.terraform.lock.hcl': 'a lock', 'errored.tfstate': 'the only copy of a state' };

function runTerraform(out: string): void {
  mkdirSync(join(out, 'stacks/services/.terraform/providers'), { recursive: true });
  for (const [path, content] of Object.entries(terraformFiles)) writeFileSync(join(out, 'stacks/services', path), content);
}

/** The output without Terraform's own files. */
function written(): Map<string, string> {
  return new Map([...readTree(outdir)].filter(([path]) => !Object.keys(terraformFiles).some((file) => path.endsWith(file))));
}

/** The state wherever it is now, seen through no link. */
function statesAnywhere(): string[] {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('errored.tfstate'));
  return [...new Set(paths.map((path) => realpathSync(join(folder, path))))];
}

describe('a run that is killed', () => {
  const whole = { old: treeOf(() => synthesize(smallHouse, { outdir })), new: treeOf(() => synthesize(largeHouse(24), { outdir })) };

  /** Every step of the last phase, in which the new tree takes the place of the old one, and some of the long first one. */
  const steps = [0, 30, 60, ...Array.from({ length: 10 }, (_, index) => -1 - index)];

  test('at whatever step leaves the old tree whole or the new one, and no state is lost; the next run mends the rest', () => {
    beginAnew();
    const total = Number(/ (\d+) steps$/.exec(runKilledAt(undefined).stdout)?.[1]);
    expect(total).toBeGreaterThan(80);
    const seen = new Set<string>();
    for (const step of steps) {
      beginAnew();
      expect(runKilledAt((step + total) % total).signal).toBe('SIGKILL');

      const tree = written();
      const which = tree.size === whole.old.size ? 'old' : 'new';
      expect(tree).toEqual(whole[which]);
      expect(statesAnywhere()).toHaveLength(1);
      seen.add(which);

      expect(synthesize(largeHouse(24), { outdir }).notices.filter((notice) => notice.startsWith('kept'))).toEqual([]);
      expect(written()).toEqual(whole.new);
      expect(readFileSync(join(outdir, 'stacks/services/errored.tfstate'), 'utf8')).toBe(terraformFiles['errored.tfstate']);
      expect(readdirSync(folder).sort()).toEqual([readlinkSync(outdir), 'entry', 'out'].sort());
    }
    expect([...seen].sort()).toEqual(['new', 'old']);
  }, 120_000);

  test('while it sets a plain folder of another tool aside loses nothing of it, and the next run goes on', () => {
    const beginPlain = (): void => {
      for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true });
      runTerraform(outdir);
      writeFileSync(join(outdir, 'stacks/services/cdk.tf.json'), '{}');
    };
    beginPlain();
    const total = Number(/ (\d+) steps$/.exec(runKilledAt(undefined).stdout)?.[1]);
    for (const step of [total - 5, total - 6, total - 7]) {
      beginPlain();
      expect(runKilledAt(step).signal).toBe('SIGKILL');
      expect(statesAnywhere()).toHaveLength(1);
      synthesize(largeHouse(24), { outdir });
      expect(written()).toEqual(whole.new);
      expect(readFileSync(join(outdir, 'stacks/services/errored.tfstate'), 'utf8')).toBe(terraformFiles['errored.tfstate']);
    }
  }, 60_000);

  /** The old output, used by Terraform, and nothing else. */
  function beginAnew(): void {
    for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true });
    synthesize(smallHouse, { outdir });
    runTerraform(outdir);
  }

  test('from outside, while it writes, leaves the old tree whole', async () => {
    synthesize(smallHouse, { outdir });
    const entry = writeEntry(folder, house.replace('24', '500'));
    const child = spawn(process.execPath, [join(root, 'scripts/synth/main.cjs')], { cwd: root, stdio: 'ignore', env: { ...process.env, HOMELAB_ENTRY: entry, CDKTF_OUTDIR: outdir } });
    const staging = join(folder, `.out.new-${child.pid}`);
    const ended = new Promise((resolve) => child.once('exit', (_code, signal) => resolve(signal)));
    while (!existsSync(join(staging, 'ansible/inventories/host_vars')) && child.exitCode === null) await setTimeout(1);
    child.kill('SIGKILL');
    expect(await ended).toBe('SIGKILL');

    expect(existsSync(staging)).toBe(true);
    expect(written()).toEqual(whole.old);
    synthesize(smallHouse, { outdir });
    expect(existsSync(staging)).toBe(false);
  }, 60_000);

  function treeOf(run: () => void): Map<string, string> {
    outdir = join(mkdtempSync(join(tmpdir(), 'whole-')), 'out');
    run();
    const tree = readTree(outdir);
    rmSync(join(outdir, '..'), { recursive: true });
    return tree;
  }
});

describe('an output that is there already', () => {
  test('is not touched by a run that gives the same', () => {
    synthesize(smallHouse, { outdir });
    const before = { link: lstatSync(outdir).ino, file: lstatSync(join(outdir, 'manifest.json')).ino };
    synthesize(smallHouse, { outdir });
    expect({ link: lstatSync(outdir).ino, file: lstatSync(join(outdir, 'manifest.json')).ino }).toEqual(before);
  });

  test('and was edited by hand is written anew', () => {
    synthesize(smallHouse, { outdir });
    const before = written();
    runTerraform(outdir);
    writeFileSync(join(outdir, 'stacks/services/cdk.tf.json'), '{}');
    synthesize(smallHouse, { outdir });
    expect(written()).toEqual(before);
    expect(statesAnywhere()).toEqual([join(realpathSync(outdir), 'stacks/services/errored.tfstate')]);
  });

  test('M14: and beside which another run still writes its own: that one is not disturbed, and goes when its run is gone', async () => {
    synthesize(smallHouse, { outdir });
    const other = spawn('sleep', ['600'], { stdio: 'ignore' });
    const ended = once(other, 'exit');
    const staging = join(folder, `.out.new-${other.pid}`);
    mkdirSync(staging);
    writeFileSync(join(staging, 'manifest.json'), 'written');
    synthesize(largeHouse(1), { outdir });
    expect(readFileSync(join(staging, 'manifest.json'), 'utf8')).toBe('written');
    other.kill();
    await ended;
    synthesize(smallHouse, { outdir });
    expect(existsSync(staging)).toBe(false);
  });

  test('is replaced by one without the files that are no longer given', () => {
    synthesize(largeHouse(1), { outdir });
    synthesize(smallHouse, { outdir });
    expect([...written().keys()].filter((path) => path.includes('reader-0'))).toEqual([]);
    expect(readdirSync(folder)).toHaveLength(2);
  });
});
