import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseDocument, YAMLSeq, type Document } from 'yaml';

import { Refusal } from '../common/refusal';

/** Path of the file that names who can decrypt. */
export function configPath(root: string): string {
  return join(root, '.sops.yaml');
}

/** A recipient's public key: `age1` and 58 characters of bech32. */
const RECIPIENT = /^age1[ac-hj-np-z02-9]{58}$/;

/** @throws Refusal unless the text is an age public key */
export function requireRecipient(text: string): void {
  if (RECIPIENT.test(text)) return;
  const hint = text.startsWith('AGE-SECRET-KEY-') ? 'that is a private key: keep it to yourself' : `got '${text}'`;
  throw new Refusal(`a recipient is an age public key (age1...), ${hint}; print yours with: age-keygen -y KEYFILE`);
}

/** Reads .sops.yaml, keeping its comments. */
export function readConfig(root: string): Document {
  const path = configPath(root);
  if (!existsSync(path)) throw new Refusal(`'${path}' is not there; restore it from git`);
  const document = parseDocument(readFileSync(path, 'utf8'));
  if (document.errors.length) throw new Refusal(`'${path}' is no YAML: ${document.errors[0]!.message}`);
  return document;
}

/** The list of recipients in the first rule of .sops.yaml that fits a file, as SOPS itself would choose it. */
export function recipientList(config: Document, root: string, path: string): YAMLSeq<unknown> {
  const rules = config.get('creation_rules') as YAMLSeq | undefined;
  for (const [index, rule] of (rules?.items ?? []).entries()) {
    const pattern = (rule as { get(key: string): unknown }).get('path_regex');
    if (typeof pattern !== 'string' || !new RegExp(pattern).test(relative(root, path))) continue;
    const list = config.getIn(['creation_rules', index, 'age']);
    if (list instanceof YAMLSeq) return list;
  }
  throw new Refusal(`'.sops.yaml' has no rule with a list 'age' for '${relative(root, path)}'; restore the rule from git`);
}

/** Public keys that .sops.yaml lets into a file. */
export function recipientsFor(root: string, path: string): string[] {
  const list = recipientList(readConfig(root), root, path).toJSON() as unknown[];
  return list.map(String);
}
