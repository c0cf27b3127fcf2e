import { join } from 'node:path';

import type { Option } from '../../common/verb';
import { readManifest, type SecretSpec } from '../manifest';
import { ownStore, type SecretStore } from '../store';

/** What every command works on. */
export interface Context {
  /** Folder of the project. */
  readonly root: string;
  /** The secrets of this house. */
  readonly store: SecretStore;
  /** Tells the owner something. */
  readonly say: (line: string) => void;
  /** The secrets that the definition needs, read when first asked for. */
  readonly specs: () => SecretSpec[];
}

/** One verb of `./house secrets`. */
export interface Command {
  /** The words that follow it, for help, e.g. `NAME`. @default - no word may follow */
  readonly words?: string;
  /** What it does, one line. */
  readonly summary: string;
  /** Its options; all are switches. */
  readonly options?: Readonly<Record<string, Option>>;
  /** What a person would type after `./house secrets`. @default - none */
  readonly examples?: readonly string[];
  /** @returns the exit code */
  readonly run: (context: Context, args: readonly string[], flags: ReadonlySet<string>) => Promise<number> | number;
}

/** The context of a project folder. */
export function contextOf(root: string): Context {
  return {
    root,
    // Looked for when a command asks: the hooks' scan works whatever the files are.
    get store() {
      return ownStore(root);
    },
    say: (line) => console.log(`secrets: ${line}`),
    specs: () => readManifest(join(root, 'cdktf.out', 'secrets', 'manifest.json')),
  };
}
