import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { Refusal } from '../../common/refusal';
import type { Manager } from './managers';

/** Something of another party that the project names at one version. */
export interface Pin {
  readonly name: string;
  readonly version: string;
  /** Where newer ones are found, as Renovate calls it. */
  readonly source: string;
  readonly file: string;
  /** The text that was found, with its checksum where it has one. */
  readonly text: string;
}

/** Files of the project that git knows or would take, by path below its folder. @throws Refusal without git */
export function projectFiles(root: string): string[] {
  const { status, stdout } = spawnSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 });
  if (status !== 0) throw new Refusal('git cannot list the files of this folder', 'run it in a clone of the project');
  return stdout.split('\0').filter((path) => path !== '' && existsSync(join(root, path)));
}

/** Every pin of the project, file by file. */
export function findPins(root: string, managers: readonly Manager[], files: readonly string[] = projectFiles(root)): Pin[] {
  return files.flatMap((file) => {
    const mine = managers.filter((manager) => manager.files.some((pattern) => pattern.test(file)));
    if (mine.length === 0) return [];
    const content = readFileSync(join(root, file), 'utf8');
    return mine.flatMap(({ finds, name, source }) =>
      finds.flatMap((find) => [...content.matchAll(find)].map((found): Pin => ({ name: name ?? found.groups!.depName!, version: found.groups!.currentValue!, source, file, text: found[0] }))),
    );
  });
}
