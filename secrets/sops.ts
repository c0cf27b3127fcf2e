import { spawnSync } from 'node:child_process';
import { basename, join } from 'node:path';

import { plainEnvironment } from '../common/environment';
import { toolFolder, toolPath } from '../tools/tool-path';
import { Refusal } from '../common/refusal';
import { explainSops } from './sops-failure';
import { readEncrypted, type SecretFile, type SecretStore } from './store';

/** Where SOPS may look for a key beside the store's own file; all its other variables choose recipients and services. */
const KEYS = ['SOPS_AGE_KEY', 'SOPS_AGE_KEY_FILE', 'SOPS_AGE_KEY_CMD', 'SOPS_AGE_SSH_PRIVATE_KEY_FILE'] as const;

/**
 * Environment in which SOPS finds the key of a store, and in which `sops` is the pinned one.
 * @param base what else is in it. @default - what any program needs of the shell
 */
export function sopsEnvironment(store: SecretStore, base: NodeJS.ProcessEnv = plainEnvironment()): NodeJS.ProcessEnv {
  const keys = Object.fromEntries(KEYS.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
  const environment: NodeJS.ProcessEnv = { ...base, ...keys, PATH: `${toolFolder('sops')}:${process.env.PATH ?? ''}` };
  if (store.keyFile) environment.SOPS_AGE_KEY_FILE = store.keyFile;
  return environment;
}

/**
 * Runs SOPS on one file.
 * @param input what SOPS reads from standard input; secrets are passed this way, so that no process list shows them
 * @returns what SOPS printed
 * @throws Refusal saying what is wrong with the file, and that nothing was run
 */
export function sops(store: SecretStore, file: string, args: readonly string[], input = ''): string {
  const run = spawnSync(toolPath('sops'), [...args], {
    cwd: store.root,
    env: sopsEnvironment(store),
    input,
    encoding: 'utf8',
  });
  if (run.error) throw run.error;
  if (run.status !== 0) throw new Refusal(explainSops(basename(file), run.status, run.stderr, store.keyFile));
  return run.stdout;
}

/** Decrypts one file of a store in memory; SOPS verifies its MAC. A file that is not there or no JSON gets a message of its own. */
export function decrypt(store: SecretStore, file: SecretFile): Record<string, unknown> {
  const path = join(store.folder, file);
  readEncrypted(path);
  return JSON.parse(sops(store, path, ['decrypt', path])) as Record<string, unknown>;
}
