import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

/** Root of the project. */
export const root = resolve(__dirname, '../..');

/** What the command said and how it ended. */
export interface SynthRun {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stderr: string;
}

/**
 * Writes an entry file that synthesizes a house, as main.ts does with the owner's.
 * @param folder where the entry goes
 * @param house code that gives a `house`; its first import is from the root of the project
 * @param before code that runs before the synthesis. @default - none
 * @returns path of the entry as the command wants it
 */
export function writeEntry(folder: string, house: string, before = ''): string {
  const entry = join(folder, 'main.ts');
  const lines = [
    `import { runSynth } from '${root}/constructs';`,
    house.replace("from '", `from '${root}/`),
    before,
    'process.exitCode = runSynth(house, process.argv.slice(2), process.env);',
  ];
  writeFileSync(entry, lines.join('\n'));
  return relative(root, entry);
}

/** Runs the real command on an entry file; the output goes to `outdir`. */
export function runSynth(entry: string, outdir: string, env: Record<string, string> = {}, cwd = root): SynthRun {
  return spawnSync(process.execPath, [join(root, 'scripts/synth/main.cjs')], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, HOMELAB_ENTRY: entry, CDKTF_OUTDIR: outdir, ...env },
  });
}
