import { existsSync } from 'node:fs';
import { join } from 'node:path';

import type { SecretSpec } from './manifest';
import { recipientsFor } from './recipients';
import { DATES_KEY, FILES, fileFor, readEncrypted, recipientsOf, type SecretFile, type SecretStore } from './store';

const DAY_MS = 86_400_000;
const METADATA_KEY = 'sops';

/** Names of the secrets that an encrypted file holds; they are readable without a key. */
export function namesIn(store: SecretStore, file: SecretFile): string[] {
  const path = join(store.folder, file);
  return existsSync(path) ? Object.keys(readEncrypted(path)).filter((key) => key !== METADATA_KEY && key !== DATES_KEY) : [];
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
      ...missing.map((spec) => `${file}: '${spec.name}' is missing, needed by ${spec.usedBy.join(', ')}; add it with: npm run secrets -- create`),
      ...unused.map((name) => `${file}: '${name}' is used by nothing; drop it with: npm run secrets -- remove ${name}`),
    ];
  });
}

/** Which secrets are due to be made anew, on a day given as milliseconds since 1970. */
export function expiredSecrets(store: SecretStore, specs: readonly SecretSpec[], nowMs: number): SecretSpec[] {
  const dates = datesOf(store);
  const held = FILES.flatMap((file) => namesIn(store, file));
  return specs.filter((spec) => {
    const made = Date.parse(dates[spec.name] ?? '');
    return held.includes(spec.name) && !(nowMs - made <= spec.rotateDays * DAY_MS);
  });
}

/** What SOPS would have encrypted, standing in a file in clear text. */
export function clearValues(file: string, content: Record<string, unknown>): string[] {
  if (!(METADATA_KEY in content)) return [`${file}: it is not encrypted, its sops section is gone`];
  return Object.entries(content)
    .filter(([key, value]) => key !== METADATA_KEY && key !== DATES_KEY && !/^ENC\[AES256_GCM,/.test(String(value)))
    .map(([key]) => `${file}: '${key}' stands there unencrypted`);
}

/** Files whose recipients are not those of .sops.yaml. */
export function recipientProblems(store: SecretStore): string[] {
  return FILES.filter((file) => existsSync(join(store.folder, file))).flatMap((file) => {
    const path = join(store.folder, file);
    const [listed, actual] = [recipientsFor(store.root, path), recipientsOf(path)];
    const wrong = [...listed.filter((key) => !actual.includes(key)), ...actual.filter((key) => !listed.includes(key))];
    return wrong.map((key) => `${file}: .sops.yaml and the file disagree about ${key}; run add-recipient or remove-recipient with it again`);
  });
}
