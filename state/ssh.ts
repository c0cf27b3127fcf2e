import { spawnSync, type SpawnSyncReturns } from 'node:child_process';

import { Refusal } from '../common/refusal';
import { hostAddress, type Site } from './site';

/** No questions, and no key but an ed25519 one. */
export const SSH_OPTIONS: readonly string[] = ['-o', 'BatchMode=yes', '-o', 'ConnectTimeout=10', '-o', 'PubkeyAcceptedAlgorithms=ssh-ed25519'];

/** Runs a shell script as root at an address, to its end. @throws Refusal when ssh itself cannot be started */
export function runAsRoot(address: string, script: string, input: Buffer | string = ''): SpawnSyncReturns<Buffer> {
  const run = spawnSync('ssh', [...SSH_OPTIONS, `root@${address}`, script], { input, env: process.env, maxBuffer: 256 * 1024 * 1024 });
  if (run.error) throw new Refusal(`ssh cannot be started: ${run.error.message}`);
  return run;
}

/**
 * Runs a shell script on the host, as root.
 * @param input what the script reads from standard input
 * @throws Refusal with what the host said
 */
export function sshToHost(site: Site, script: string, input: Buffer | string = ''): Buffer {
  const address = hostAddress(site);
  const run = runAsRoot(address, script, input);
  if (run.status !== 0) throw new Refusal(`root@${address} cannot be used: ${run.stderr.toString().trim() || `exit code ${run.status}`}`);
  return run.stdout;
}
