import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { replaceFile } from '../common/replace-file';
import { trustedRecipients } from './agreement';
import { sops } from './sops';
import { COMMENT_KEY, DATES_KEY, exampleStore, FILES, RECIPIENTS_KEY, refuseExampleKey, type SecretFile, type SecretStore } from './store';

/** Encrypted copies of a store's files, on which SOPS works while the real ones stay whole. */
export class Draft {
  constructor(
    private readonly store: SecretStore,
    private readonly folder: string,
  ) {}

  /** Sets one value; it reaches SOPS through standard input. */
  set(file: SecretFile, name: string, value: string): void {
    this.sops(file, ['set', '--value-stdin', this.path(file), `["${name}"]`], JSON.stringify(value));
  }

  /** Notes that a secret was made on a day, `YYYY-MM-DD`. */
  setDate(name: string, day: string): void {
    const file = 'ansible.sops.json';
    this.sops(file, ['set', '--value-stdin', this.path(file), `["${DATES_KEY}"]["${name}"]`], JSON.stringify(day));
  }

  /** Removes one value and its day. */
  unset(file: SecretFile, name: string): void {
    this.sops(file, ['unset', '--idempotent', this.path(file), `["${name}"]`]);
    this.sops('ansible.sops.json', ['unset', '--idempotent', this.path('ansible.sops.json'), `["${DATES_KEY}"]["${name}"]`]);
  }

  /**
   * Makes a new data key for every file, and lets other recipients in or out.
   * @param before who may open them now
   * @param after who may from then on; the list stands in each file, under its MAC
   */
  rotate(before: readonly string[], after: readonly string[]): void {
    const options = [
      ...after.filter((key) => !before.includes(key)).flatMap((key) => ['--add-age', key]),
      ...before.filter((key) => !after.includes(key)).flatMap((key) => ['--rm-age', key]),
    ];
    for (const file of this.files()) {
      this.sops(file, ['rotate', '--in-place', ...options, this.path(file)]);
      this.sops(file, ['set', '--value-stdin', this.path(file), `["${COMMENT_KEY}"]["${RECIPIENTS_KEY}"]`], JSON.stringify(after.join(',')));
      this.sops(file, ['unset', '--idempotent', this.path(file), `["${RECIPIENTS_KEY}"]`]);
    }
  }

  /** Opens every copy, so that nothing is kept which the owner's key could not open again. */
  verify(): void {
    for (const file of this.files()) this.sops(file, ['decrypt', this.path(file)]);
  }

  /** Path of the copy of one file. */
  path(file: SecretFile): string {
    return join(this.folder, file);
  }

  /** The files that the store has. */
  files(): SecretFile[] {
    return FILES.filter((file) => existsSync(this.path(file)));
  }

  private sops(file: SecretFile, args: string[], input?: string): void {
    sops(this.store, file, args, input);
  }
}

/**
 * Changes encrypted files: `work` gets copies, which are renamed over the real ones when all of it went well and the
 * owner's key opens the result.
 * Only ciphertext is ever written. A kill leaves each file as it was, or as it should be.
 * @param agree makes sure who may open them. @default - all lists of recipients must agree
 * @throws Refusal on the example, which everybody can open, and when it is not certain who may open the files
 */
export function changeStore(store: SecretStore, work: (draft: Draft) => void, agree: (store: SecretStore) => unknown = trustedRecipients): void {
  if (store.folder !== exampleStore(store.root).folder) refuseExampleKey(store);
  agree(store);
  const folder = join(store.root, '.cache', `secrets-${process.pid}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  try {
    const present = FILES.filter((file) => existsSync(join(store.folder, file)));
    for (const file of present) copyFileSync(join(store.folder, file), join(folder, file));
    const draft = new Draft(store, folder);
    work(draft);
    draft.verify();
    for (const file of draft.files()) renameSync(draft.path(file), join(store.folder, file));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Writes an encrypted file that holds nothing but the list of its recipients, over what is at `path`. */
export function encryptEmpty(store: SecretStore, path: string, recipients: readonly string[]): void {
  const args = ['encrypt', '--age', recipients.join(','), '--unencrypted-suffix', '_unencrypted', '--filename-override', path];
  replaceFile(path, sops(store, path, args, JSON.stringify({ [COMMENT_KEY]: { [RECIPIENTS_KEY]: recipients.join(',') } })));
}
