import { spawnSync } from 'node:child_process';

import { Refusal } from '../../common/refusal';
import { trustedRecipients } from '../../secrets/agreement';
import type { SecretStore } from '../../secrets/store';
import { toolPath } from '../../tools/tool-path';

function age(what: string, args: readonly string[], input: string | Buffer): Buffer {
  const run = spawnSync(toolPath('age'), [...args], { input, maxBuffer: 256 * 1024 * 1024 });
  if (run.status !== 0) throw new Refusal(`${what} failed: ${run.stderr.toString().trim()}`);
  return run.stdout;
}

/** Encrypts a text to everybody who can open the secrets of a store. @throws Refusal when it is not certain who that is */
export function encryptText(store: SecretStore, text: string): Buffer {
  const recipients = trustedRecipients(store).flatMap((recipient) => ['--recipient', recipient]);
  return age('encrypting a copy of the state', ['--encrypt', ...recipients], text);
}

/** Decrypts what encryptText made; a changed byte is refused. */
export function decryptText(store: SecretStore, content: Buffer, where: string): string {
  if (!store.keyFile) throw new Refusal('a copy of the state needs your decryption key and there is none; see docs/getting-started');
  return age(`opening '${where}'`, ['--decrypt', '--identity', store.keyFile], content).toString('utf8');
}
