import { existsSync, lstatSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';

/** What synthesis writes at the top of the output; anything else was put there by somebody. */
const written = new Set(['adopt', 'ansible', 'care', 'dns', 'docs', 'machine.json', 'manifest.json', 'review', 'secrets', 'stacks']);

/** Files in a stack's folder that synthesis, ours or another's, writes; all others are Terraform's. */
const writtenOfStack = new Set(['cdk.tf.json', 'metadata.json']);

/** What Terraform can make again: plugins and the lock file. */
const caches = new Set(['.terraform', '.terraform.lock.hcl']);

/**
 * Empties an old generation into the current one and removes it. Nothing that synthesis did not write is lost: what
 * already has a namesake, or has no place in the new output, stays where it is unless it is a mere cache.
 * @param old folder of the old generation, or a link to one that a killed run left behind
 * @returns a note for each file that stayed behind
 */
export function carryOver(old: string, current: string): string[] {
  if (lstatSync(old).isSymbolicLink()) {
    rmSync(old);
    return [];
  }
  const stacks = join(old, 'stacks');
  const left = [
    ...readdirSync(old).filter((name) => !written.has(name)).map((name) => join(old, name)),
    ...(existsSync(stacks) ? readdirSync(stacks).flatMap((stack) => carryStack(join(stacks, stack), join(current, 'stacks', stack))) : []),
  ];
  if (left.length === 0) rmSync(old, { recursive: true, force: true });
  return left.map((file) => `kept ${join(basename(old), file.slice(old.length + 1))}: synthesis did not write it and the new output has no place for it`);
}

function carryStack(from: string, to: string): string[] {
  const left: string[] = [];
  for (const name of readdirSync(from).filter((entry) => !writtenOfStack.has(entry))) {
    const target = free(join(to, name), name);
    if (existsSync(to) && !existsSync(target)) renameSync(join(from, name), target);
    else if (!caches.has(name)) left.push(join(from, name));
  }
  return left;
}

/** Where a file goes: a second state that could not be saved lies beside the first, where it is seen. */
function free(target: string, name: string): string {
  if (name !== 'errored.tfstate') return target;
  for (let count = 2, path = target; ; count++) {
    if (!existsSync(path)) return path;
    path = target.replace(/errored\.tfstate$/, `errored.${count}.tfstate`);
  }
}
