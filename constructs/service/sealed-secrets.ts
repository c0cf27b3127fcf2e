import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { Refusal } from '../../common/refusal';

/** Values of secrets as they stand encrypted in git, by name. */
export type SealedSecrets = Readonly<Record<string, unknown>>;

/**
 * Reads encrypted secrets without a key; none before they were made.
 * @param file encrypted by SOPS, as JSON
 * @throws Refusal when it is no JSON
 */
export function readSealedSecrets(file: string): SealedSecrets {
  if (!existsSync(file)) return {};
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as SealedSecrets;
  } catch (error) {
    throw new Refusal(`'${file}' cannot be read: ${(error as Error).message}`, 'bring back what git has of it, or ask: ./house secrets check');
  }
}

/**
 * SHA-256 over the encrypted values of some secrets, so that a new one is brought to the guests that use it. SOPS leaves a value
 * that was not set anew as it was, byte for byte; nothing is decrypted.
 */
export function sealedDigest(sealed: SealedSecrets, names: readonly string[]): string {
  const values = [...new Set(names)].sort().map((name) => [name, sealed[name] ?? null]);
  return createHash('sha256').update(JSON.stringify(values)).digest('hex');
}
