import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { Refusal } from '../common/refusal';
import { recipientsFor } from './recipients';
import { decrypt } from './sops';
import { FILES, readEncrypted, RECIPIENTS_KEY, recipientsOf, sealedRecipients, type SecretFile, type SecretStore } from './store';

/** Who may open one file, by the three places that say so. */
interface Lists {
  readonly file: SecretFile;
  /** .sops.yaml, by which SOPS encrypts what is new. */
  readonly config: readonly string[];
  /** SOPS's own list in the file, by which it encrypts what changes; its MAC leaves it out. */
  readonly metadata: readonly string[];
  /** The list under the MAC, which nobody without a key can change. */
  readonly sealed: readonly string[] | undefined;
}

function listsOf(store: SecretStore, file: SecretFile): Lists {
  const path = join(store.folder, file);
  return { file, config: recipientsFor(store.root, path), metadata: recipientsOf(path), sealed: sealedRecipients(readEncrypted(path)) };
}

const sameKeys = (left: readonly string[], right: readonly string[]) => [...left].sort().join() === [...right].sort().join();

function present(store: SecretStore): SecretFile[] {
  return FILES.filter((file) => existsSync(join(store.folder, file)));
}

/** Where .sops.yaml, the files and the lists under their MAC disagree about who may open them, a sentence each. */
export function recipientProblems(store: SecretStore): string[] {
  const all = present(store).map((file) => listsOf(store, file));
  const restore = "somebody changed it without a key; look at 'git log -p', and restore .sops.yaml and both files together from git";
  const problems = all.flatMap(({ file, config, metadata, sealed }) => {
    if (!sealed) return [`${file}: it has no list '${RECIPIENTS_KEY}' under its MAC; look at who is in .sops.yaml, then seal it with: ./house secrets rotate-key`];
    const odd = (list: readonly string[], where: string) => [
      ...list.filter((key) => !sealed.includes(key)).map((key) => `${file}: ${where} lets in ${key}, which its list under the MAC does not have; ${restore}`),
      ...sealed.filter((key) => !list.includes(key)).map((key) => `${file}: ${where} leaves out ${key}, which its list under the MAC has; ${restore}`),
    ];
    return [...odd(metadata, 'its sops section'), ...odd(config, '.sops.yaml')];
  });
  const [first, second] = all;
  if (first?.sealed && second?.sealed && !sameKeys(first.sealed, second.sealed)) problems.push(`${first.file} and ${second.file} have different lists under their MACs; ${restore}`);
  return problems;
}

/**
 * Who may open the files of a store, when all that say so agree, and the MAC over them holds.
 * @throws Refusal naming every key about which they disagree
 */
export function trustedRecipients(store: SecretStore): string[] {
  const problems = recipientProblems(store);
  if (problems.length > 0) throw new Refusal(`it is not certain who may open the secrets; nothing was changed:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
  const lists = present(store).map((file) => sealedRecipients(decrypt(store, file)) ?? []);
  return lists[0] ?? [];
}

/** Files of a time before the list under the MAC: only rotate-key may touch them, and it seals what the owner has looked at. */
export function isUnsealed(store: SecretStore): boolean {
  const all = present(store).map((file) => listsOf(store, file));
  return all.length > 0 && all.every(({ sealed, config, metadata }) => !sealed && sameKeys(config, metadata));
}
