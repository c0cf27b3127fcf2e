import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { join } from 'node:path';

import { quoted } from '../common/shell';
import { plainEnvironment, undecidedEnvironment } from '../common/environment';
import { toolPath } from '../tools/tool-path';
import { decrypt, sopsEnvironment } from './sops';
import type { SecretStore } from './store';

/** Stands for the path of the decrypted variables in a command, as in `terraform plan -var-file={}`. */
const PLACEHOLDER = '{}';

/** Variables for a child process, from secrets that tools take from their environment. */
export type EnvironmentMap = Readonly<Record<string, string>>;

/** Whether a command reads Terraform's variables from a file. */
export function readsVariableFile(command: readonly string[]): boolean {
  return command.some((word) => word.includes(PLACEHOLDER));
}

/**
 * The command line that runs `command` with the secrets it asks for. With a word `{}`, SOPS puts a named pipe in its
 * place, through which the command reads the decrypted tfvars.sops.json: clear text reaches neither a disk nor a list
 * of processes. Terraform tells JSON by the ending of the name.
 */
export function commandLine(store: SecretStore, command: readonly string[]): readonly string[] {
  if (!readsVariableFile(command)) return command;
  const file = join(store.folder, 'tfvars.sops.json');
  return [toolPath('sops'), 'exec-file', '--filename', 'secrets.tfvars.json', file, command.map(quoted).join(' ')];
}

/**
 * Environment for a command: where SOPS and its key are, for Ansible's lookups, and secrets under the names that the
 * command expects.
 * @param map secret by variable, e.g. `{ AWS_SECRET_ACCESS_KEY: 'state_secret_access_key' }`
 * @param base what else is in it. @default - what any program needs of the shell
 */
export function secretEnvironment(store: SecretStore, map: EnvironmentMap = {}, base: NodeJS.ProcessEnv = plainEnvironment()): NodeJS.ProcessEnv {
  const values = Object.keys(map).length ? { ...decrypt(store, 'tfvars.sops.json'), ...decrypt(store, 'ansible.sops.json') } : {};
  const mapped = Object.entries(map).flatMap(([variable, name]) => (name in values ? [[variable, String(values[name])]] : []));
  return { ...sopsEnvironment(store, base), ANSIBLE_SOPS_BINARY: toolPath('sops'), ...(Object.fromEntries(mapped) as Record<string, string>) };
}

/** How a command is run. */
export interface ExecuteOptions {
  /** Secrets for its environment. @default - none */
  readonly environment?: EnvironmentMap;
  /** Other variables for its environment. @default - none */
  readonly variables?: NodeJS.ProcessEnv;
  /** Folder to run it in. @default - the present one */
  readonly folder?: string;
}

/** Runs a command of the owner's with secrets, in his shell's environment but for what decides for Terraform, its input and output untouched. @returns its exit code, 128 + n after signal n */
export function execute(store: SecretStore, command: readonly string[], options: ExecuteOptions = {}): Promise<number> {
  // Both files are opened before anything runs, so that a tampered one stops the run at once.
  decrypt(store, 'tfvars.sops.json');
  decrypt(store, 'ansible.sops.json');
  const [program, ...args] = commandLine(store, command);
  const env = { ...secretEnvironment(store, options.environment, undecidedEnvironment()), ...options.variables };
  const child = spawn(program!, args, { stdio: 'inherit', cwd: options.folder, env });
  // The terminal sends Ctrl-C to the whole group: the command decides, this process waits for it.
  const ignore = () => undefined;
  process.on('SIGINT', ignore);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      process.off('SIGINT', ignore);
      resolve(code ?? 128 + (signal ? constants.signals[signal] : 0));
    });
  });
}
