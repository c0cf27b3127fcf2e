import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { howToGive } from './forms';
import type { SecretSpec } from './manifest';
import { COMMENT_KEY, DATES_KEY, FILES, fileFor, readEncrypted, type SecretFile, type SecretStore } from './store';

const DAY_MS = 86_400_000;
const METADATA_KEY = 'sops';
const CLEAR_KEY = /_unencrypted$/;
const isSecretName = (key: string) => key !== METADATA_KEY && key !== COMMENT_KEY && !CLEAR_KEY.test(key);

/** Names of the secrets that an encrypted file holds; they are readable without a key. */
export function namesIn(store: SecretStore, file: SecretFile): string[] {
  const path = join(store.folder, file);
  return existsSync(path) ? Object.keys(readEncrypted(path)).filter(isSecretName) : [];
}

/** Days on which the secrets of a store were made, by name, as `YYYY-MM-DD`. */
export function datesOf(store: SecretStore): Record<string, string> {
  const path = join(store.folder, 'ansible.sops.json');
  return existsSync(path) ? ((readEncrypted(path)[DATES_KEY] ?? {}) as Record<string, string>) : {};
}

/** What is missing, unused, or in the wrong file. */
export function nameProblems(store: SecretStore, specs: readonly SecretSpec[]): string[] {
  return FILES.flatMap((file) => {
    const held = namesIn(store, file);
    const wanted = specs.filter((spec) => fileFor(spec.consumer) === file);
    const missing = wanted.filter((spec) => !held.includes(spec.name));
    const unused = held.filter((name) => !wanted.some((spec) => spec.name === name));
    return [
      ...missing.map((spec) => `${file}: '${spec.name}' is missing, needed by ${spec.usedBy.join(', ')}; ${howToGive(spec)}`),
      ...unused.map((name) => `${file}: '${name}' is used by nothing; drop it with: ./house secrets remove ${name}`),
    ];
  });
}

/** Which secrets are due to be made anew (a data key never is), on a day given as milliseconds since 1970. */
export function expiredSecrets(store: SecretStore, specs: readonly SecretSpec[], nowMs: number): SecretSpec[] {
  const dates = datesOf(store);
  const held = FILES.flatMap((file) => namesIn(store, file));
  return specs.filter((spec) => {
    const made = Date.parse(dates[spec.name] ?? '');
    return spec.rotateDays !== undefined && held.includes(spec.name) && !(nowMs - made <= spec.rotateDays * DAY_MS);
  });
}

/** What SOPS would have encrypted, standing in a file in clear text. */
export function clearValues(file: string, content: Record<string, unknown>): string[] {
  if (!(METADATA_KEY in content)) return [`${file}: it is not encrypted, its sops section is gone`];
  return Object.entries(content)
    .filter(([key, value]) => isSecretName(key) && !/^ENC\[AES256_GCM,/.test(String(value)))
    .map(([key]) => `${file}: '${key}' stands there unencrypted`);
}
