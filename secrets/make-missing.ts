import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { changeStore, encryptEmpty } from './change';
import { namesIn } from './check';
import { inOrderOfMaking, makeValue, type SecretValues } from './generate';
import type { SecretSpec } from './manifest';
import { decrypt } from './sops';
import { COMMENT_KEY, DATES_KEY, FILES, fileFor, type SecretFile, type SecretStore } from './store';

/** Supplies a value that another party issues, or undefined when it is not to be had now. */
export type Ask = (spec: SecretSpec) => Promise<string | undefined>;

/** Today as `YYYY-MM-DD`. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}

/** All values of a store by name, decrypted in memory. */
export function openValues(store: SecretStore): SecretValues {
  const present = FILES.filter((file) => existsSync(join(store.folder, file)));
  const { [DATES_KEY]: _dates, [COMMENT_KEY]: _comment, ...values } = Object.assign({}, ...present.map((file) => decrypt(store, file)));
  return values;
}

/** Makes values for those specs that have none, in memory. */
export async function makeValues(specs: readonly SecretSpec[], known: SecretValues, ask: Ask): Promise<SecretValues> {
  const made: SecretValues = {};
  for (const spec of inOrderOfMaking(specs.filter((each) => !(each.name in known)))) {
    const value = (await makeValue(spec, { ...known, ...made })) ?? (await ask(spec));
    if (value) made[spec.name] = value;
  }
  return made;
}

/** Makes files of a store anew and empty. @param recipients who can decrypt them */
export function makeFiles(store: SecretStore, files: readonly SecretFile[], recipients: readonly string[]): void {
  for (const file of files) encryptEmpty(store, join(store.folder, file), recipients);
}

/** Puts values into files that exist, and notes the day; what else is in them stays as it is. */
export function putValues(store: SecretStore, specs: readonly SecretSpec[], values: SecretValues): void {
  const changed = specs.filter((spec) => spec.name in values);
  if (changed.length === 0) return;
  changeStore(store, (draft) => {
    for (const spec of changed) {
      draft.set(fileFor(spec.consumer), spec.name, values[spec.name]!);
      draft.setDate(spec.name, today());
    }
  });
}

/** Specs that no file of the store has a value for. */
export function missingSpecs(store: SecretStore, specs: readonly SecretSpec[]): SecretSpec[] {
  const held = FILES.flatMap((file) => namesIn(store, file));
  return specs.filter((spec) => !held.includes(spec.name));
}
