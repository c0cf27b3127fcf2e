import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

import type { Consumer } from './manifest';
import { Refusal } from '../common/refusal';
import { exampleSshProblem } from './example-ssh-key';

/** The two encrypted files: what Terraform reads as variables, and everything else. */
export const FILES = ['tfvars.sops.json', 'ansible.sops.json'] as const;
/** Name of one of them. */
export type SecretFile = (typeof FILES)[number];

/** Key of ansible.sops.json that holds, in clear text under the file's MAC, the day each secret was made. */
export const DATES_KEY = 'rotated_unencrypted';

/** Key of both files for what is no secret. Terraform passes over it in a file of variables; any other it would warn about. */
export const COMMENT_KEY = '//';

/** Key below it that holds, in clear text under the file's MAC, who may open it, separated by commas: SOPS's MAC leaves its own list out. */
export const RECIPIENTS_KEY = 'recipients_unencrypted';

/** Public half of secrets/example/age-key.txt, which everybody can read. */
export const EXAMPLE_RECIPIENT = 'age1hqnf35xj6yahurxvjc9j3dcls5ucsr6ftdx8c5lfy3vnhjx0a9xs34r5mt';

/** A pair of encrypted files and the key that opens them. */
export interface SecretStore {
  /** Folder of the project. */
  readonly root: string;
  /** Folder of the two files. */
  readonly folder: string;
  /** Path of the age key, when there is one. */
  readonly keyFile: string | undefined;
}

/** The file that keeps the secrets of a consumer. */
export function fileFor(consumer: Consumer): SecretFile {
  return consumer === 'terraform' ? 'tfvars.sops.json' : 'ansible.sops.json';
}

/** Path of the example key in a project. */
export function exampleKeyFile(root: string): string {
  return join(root, 'secrets', 'example', 'age-key.txt');
}

/** The secrets that a rehearsal uses: made up, and encrypted to a key that is part of the repository. */
export function exampleStore(root: string): SecretStore {
  return { root, folder: join(root, 'secrets', 'example'), keyFile: exampleKeyFile(root) };
}

/**
 * The secrets of this house, at the top of the project. As shipped these are the example ones, with the example key;
 * afterwards the key is where SOPS itself looks: SOPS_AGE_KEY_FILE, else the user's configuration folder.
 */
export function ownStore(root: string, environment: NodeJS.ProcessEnv = process.env): SecretStore {
  const keyFile = isExample(root) ? exampleKeyFile(root) : ownKeyFile(environment);
  return { root, folder: root, keyFile: existsSync(keyFile) ? keyFile : undefined };
}

/** Where the owner's age key is, or would be. */
export function ownKeyFile(environment: NodeJS.ProcessEnv = process.env): string {
  const configuration = environment.XDG_CONFIG_HOME || join(environment.HOME || homedir(), '.config');
  return environment.SOPS_AGE_KEY_FILE || join(configuration, 'sops', 'age', 'keys.txt');
}

/** Whether a folder's files can be opened with the example key. */
export function isExample(folder: string): boolean {
  return FILES.some((file) => existsSync(join(folder, file)) && recipientsOf(join(folder, file)).includes(EXAMPLE_RECIPIENT));
}

/** Parsed text of an encrypted file, values still encrypted. */
export function readEncrypted(path: string): Record<string, unknown> {
  if (!existsSync(path)) throw new Refusal(`'${path}' is not there; make it with: make secrets`);
  try {
    const parsed: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return parsed as Record<string, unknown>;
  } catch (error) {
    throw new Refusal(`'${path}' is no JSON (${(error as Error).message}); restore it from git`);
  }
  throw new Refusal(`'${path}' is no JSON object; restore it from git`);
}

/**
 * The list of recipients under the MAC of a file's content, when it has one. Older files have it beside the values, where
 * Terraform warns about it: the next change of keys moves it.
 */
export function sealedRecipients(content: Record<string, unknown>): string[] | undefined {
  const list = (content[COMMENT_KEY] as Record<string, unknown> | undefined)?.[RECIPIENTS_KEY] ?? content[RECIPIENTS_KEY];
  return typeof list === 'string' ? list.split(',') : undefined;
}

/** Public keys that can open an encrypted file. */
export function recipientsOf(path: string): string[] {
  const metadata = (readEncrypted(path).sops ?? {}) as { age?: { recipient?: string }[] };
  return (metadata.age ?? []).map((entry) => String(entry.recipient));
}

/**
 * Guards a value of the owner's: nothing real is encrypted to a key that everybody has.
 * @throws Refusal when anybody could open the secrets
 */
export function refuseExampleKey(store: SecretStore): void {
  if (!isExample(store.folder)) return;
  throw new Refusal(`the secrets in '${store.folder}' can be opened with the example key, which everybody has; nothing was run`, 'Make your own with: make secrets');
}

/**
 * Guards a run against the real host.
 * @throws Refusal when anybody could open the secrets, or nobody could log in to what is made
 */
export function refuseExample(store: SecretStore): void {
  refuseExampleKey(store);
  const problem = exampleSshProblem(store.root);
  if (problem) throw new Refusal(`${problem}; nothing was run`);
}
