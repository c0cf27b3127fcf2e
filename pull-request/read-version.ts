import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { HouseVersion, SecretEntry, Summary } from '../review/document/house-version';
import type { Version } from './checkout';

/** Reads everything that a review compares of a version. */
export function readVersion({ source, output }: Version): HouseVersion {
  const summary = join(output, 'review/summary.json');
  const manifest = json(join(output, 'secrets/manifest.json')) as { secrets?: SecretEntry[] } | null;
  return {
    summary: json(summary) as Summary | null,
    picture: textOf(join(output, 'docs/architecture.svg')),
    ansible: filesBelow(join(output, 'ansible')),
    roles: filesBelow(join(source, 'ansible/roles')),
    secrets: manifest?.secrets ?? [],
    known: knownSecrets(source),
  };
}

/** Names in the encrypted files: sops leaves names in clear, and values are not looked at. */
function knownSecrets(source: string): string[] {
  const files = ['ansible.sops.json', 'tfvars.sops.json'].map((file) => json(join(source, file)) as Record<string, unknown> | null);
  const dates = files.flatMap((file) => Object.keys((file?.rotated_unencrypted as object | undefined) ?? {}));
  return [...new Set([...files.flatMap((file) => Object.keys(file ?? {})), ...dates])];
}

function json(path: string): unknown {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null;
}

const textOf = (path: string): string => (existsSync(path) ? readFileSync(path, 'utf8') : '');

function filesBelow(folder: string): Map<string, string> {
  if (!existsSync(folder)) return new Map();
  const files = readdirSync(`${folder}/`, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  return new Map(files.sort().map((file) => [relative(folder, file), readFileSync(file, 'utf8')]));
}
