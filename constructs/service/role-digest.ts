import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a role is run from; its README changes nothing on a guest. */
const PARTS = ['defaults', 'files', 'handlers', 'library', 'meta', 'module_utils', 'tasks', 'templates', 'vars'];
const known = new Map<string, string>();

/**
 * SHA-256 over names and contents of everything a role is run from, so that a changed role is applied.
 * A role that is not there yet has the digest of nothing.
 * @param roles folder of all roles
 */
export function roleDigest(roles: string, role: string): string {
  const folder = join(roles, role);
  const cached = known.get(folder);
  if (cached !== undefined) return cached;
  const hash = createHash('sha256');
  for (const part of PARTS.filter((name) => existsSync(join(folder, name)))) {
    const files = readdirSync(join(folder, part), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && !entry.name.endsWith('.pyc'));
    for (const file of files.map((entry) => join(entry.parentPath, entry.name)).sort()) {
      hash.update(`${file.slice(folder.length)}\0`).update(readFileSync(file)).update('\0');
    }
  }
  const digest = hash.digest('hex');
  known.set(folder, digest);
  return digest;
}
