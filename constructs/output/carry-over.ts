import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';

/** Files in a stack's folder that synthesis writes; all others are Terraform's. */
const ours = new Set(['cdk.tf.json', 'metadata.json']);

/** What Terraform can make again: plugins and the lock file. */
const caches = new Set(['.terraform', '.terraform.lock.hcl']);

/**
 * Empties an old generation into the current one and removes it. Nothing that Terraform wrote is lost: what already
 * has a namesake, or a stack that is gone, stays where it is unless it is a mere cache.
 * @returns a note for each file that stayed behind
 */
export function carryOver(old: string, current: string): string[] {
  const stacks = join(old, 'stacks');
  const left = existsSync(stacks) ? readdirSync(stacks).flatMap((stack) => carryStack(join(stacks, stack), join(current, 'stacks', stack))) : [];
  if (left.length === 0) rmSync(old, { recursive: true, force: true });
  return left.map((file) => `kept ${join(basename(old), file.slice(old.length + 1))}: Terraform wrote it and the new output has no place for it`);
}

function carryStack(from: string, to: string): string[] {
  const left: string[] = [];
  for (const name of readdirSync(from).filter((entry) => !ours.has(entry))) {
    const target = join(to, name);
    if (existsSync(to) && !existsSync(target)) renameSync(join(from, name), target);
    else if (!caches.has(name)) left.push(join(from, name));
  }
  return left;
}
