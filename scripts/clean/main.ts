import { existsSync, lstatSync, readdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';

import { atWorkBelow, atWorkText } from '../../common/at-work';
import { runProgram } from '../../common/command-line';
import { HOUSE, holderOf, holderText } from '../../common/exclusive';
import { Refusal } from '../../common/refusal';

/** What can be made again. */
const MADE = ['cdktf.out', '.gen', '.cache'];
/** States that Terraform could not save, which are the only record of what it made. */
const UNSAVED = /^errored.*\.tfstate$/;

const folders = (root: string): string[] => [...MADE, ...readdirSync(root).filter((name) => name.startsWith('.cdktf.out.'))].map((name) => join(root, name)).filter((path) => existsSync(path));

/** Stacks are two levels below an output; deeper are only plugins. */
function unsaved(output: string): string[] {
  const stacks = join(output, 'stacks');
  if (lstatSync(output).isSymbolicLink() || !existsSync(stacks)) return [];
  return readdirSync(stacks).flatMap((stack) => readdirSync(join(stacks, stack)).filter((name) => UNSAVED.test(name)).map((name) => join(stacks, stack, name)));
}

/** Removes what can be made again. @throws Refusal, and nothing is removed, when it holds what cannot */
async function clean(root: string): Promise<number> {
  const made = folders(root);
  const kept = made.flatMap(unsaved);
  if (kept.length > 0) {
    const files = kept.map((path) => relative(root, path)).join(', ');
    throw new Refusal(`${files} is a state that could not be saved, and the only record of what was made; nothing was removed`, 'push it first, see docs/state/server-died.md');
  }
  const holder = holderOf(join(root, '.state'), HOUSE);
  if (holder) throw new Refusal(`${holderText(holder)}; nothing was removed`, 'wait for it');
  const [busy] = made.flatMap(atWorkBelow);
  if (busy) throw new Refusal(`${atWorkText(busy)}; nothing was removed`, 'wait for it');
  for (const path of made) rmSync(path, { recursive: true, force: true });
  return 0;
}

runProgram('clean', () => clean(process.cwd()));
