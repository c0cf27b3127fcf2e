import { spawn } from 'node:child_process';

import { Refusal } from '../common/refusal';
import { commandText } from '../common/shell';
import { runAsRoot, SSH_OPTIONS } from '../state/ssh';
import type { CareManifest } from './manifest';

/** Runs a program of the host as root. @returns its output @throws Refusal with what it said */
export function askHost({ host }: CareManifest, words: readonly string[]): string {
  const run = runAsRoot(host.address, commandText(words));
  if (run.status === 127) throw new Refusal(`'${words[0]}' is not on ${host.name} yet`, `play the host once: cd ansible && ansible-playbook ../cdktf.out/ansible/playbooks/metal.yml`);
  if (run.status !== 0) throw new Refusal(run.stderr.toString().trim() || `root@${host.address} ended with ${run.status}`);
  return run.stdout.toString();
}

/** Runs a program of the host as root, its output going to this terminal. @returns its exit code */
export function runOnHost({ host }: CareManifest, words: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn('ssh', [...SSH_OPTIONS, `root@${host.address}`, commandText(words)], { stdio: ['ignore', 'inherit', 'inherit'], env: process.env });
    child.once('error', (error) => reject(new Refusal(`ssh cannot be started: ${error.message}`)));
    child.once('close', (code) => resolve(code ?? 1));
  });
}
