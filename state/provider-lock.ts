import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

import { Refusal } from '../common/refusal';
import { terraformPath } from '../tools/tool-path';
import { addressesOf, TERRAFORMS_OWN } from './own-state';
import { readStack, type Site, type StackName } from './site';
import { terraform, type TerraformOptions, type TerraformRun } from './terraform';

/** Terraform's own name for it, in the folder it works in. */
const LOCK_FILE = '.terraform.lock.hcl';

/** The committed lock file: which providers, by checksum. OpenTofu has another registry, and so another file. */
export function committedLock({ root }: Pick<Site, 'root'>): string {
  return join(root, 'homelab', `${basename(terraformPath()).startsWith('tofu') ? 'tofu' : 'terraform'}.lock.hcl`);
}

/** Versions by address that a lock file names. */
function locked(path: string): ReadonlyMap<string, string> {
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  return new Map([...text.matchAll(/^provider "([^"]+)" \{[^}]*?^\s*version\s*=\s*"([^"]+)"/gm)].map(([, address, version]) => [address!, version!]));
}

/** @throws Refusal naming every provider of a lock file that the stack does not pin, and every one in another version */
function requirePinned(site: Site, stack: StackName, path: string): void {
  const pinned = addressesOf(readStack(site, stack));
  const strange = [...locked(path)].filter(([address, version]) => address !== TERRAFORMS_OWN && pinned.get(address) !== version);
  if (strange.length === 0) return;
  const words = strange.map(([address, version]) => `${address} ${version} (${pinned.has(address) ? `the definition pins ${pinned.get(address) ?? 'no version of it'}` : 'the definition has no such provider'})`);
  throw new Refusal(`'${path}' names other providers than the definition: ${words.join(', ')}; nothing of them was run`, 'read docs/state/providers.md');
}

/** Terraform installs what a lock file does not name, and only then says that it was read-only. @throws Refusal before that */
function requireComplete(site: Site, stack: StackName, path: string): void {
  const known = locked(path);
  const required = new Map([...addressesOf(readStack(site, stack))].map(([address, version]) => [address.split('/').slice(1).join('/'), { address, version }]));
  const isKnown = (source: string) => [...known].some(([address, version]) => address.endsWith(`/${source}`) && version === required.get(source)!.version);
  const missing = [...required.keys()].filter((source) => !isKnown(source));
  if (missing.length > 0) throw new Refusal(`'${path}' has no checksum of ${missing.map((source) => `${source} ${required.get(source)!.version ?? ''}`).join(', ')}; nothing was installed`, 'read docs/state/providers.md, then: ./house state lock-providers');
}

/**
 * Runs `terraform init` in a folder. With a committed lock file it is the only one that counts, and may not be added to;
 * without one, whatever was installed must be what the stack pins.
 * @param words more arguments
 * @throws Refusal for a lock file with a provider that the stack does not pin
 */
export async function initialize(site: Site, stack: StackName, words: readonly string[], options: TerraformOptions): Promise<TerraformRun> {
  const committed = committedLock(site);
  const path = join(options.folder, LOCK_FILE);
  const isCommitted = existsSync(committed);
  if (isCommitted) {
    requirePinned(site, stack, committed);
    requireComplete(site, stack, committed);
    writeFileSync(path, readFileSync(committed));
  }
  const run = await terraform(site, ['init', ...(isCommitted ? ['-lockfile=readonly', ...words.filter((word) => !/^--?(upgrade|lockfile)\b/.test(word))] : words)], options);
  if (run.code === 0) requirePinned(site, stack, path);
  return run;
}
