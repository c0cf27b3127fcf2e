import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { StringDecoder } from 'node:string_decoder';

import { commandLine, secretEnvironment } from '../secrets/exec';
import { pythonTool, terraformPath } from '../tools/tool-path';
import { forgetChild, noteChild } from './child';
import { trustEnvironment } from './host-authority';
import type { Credentials } from './object-store';
import type { Site } from './site';

/** What one run of Terraform left behind. */
export interface TerraformRun {
  /** Exit code; 128 + n after signal n. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** How to run it. */
export interface TerraformOptions {
  /** Folder of the configuration. */
  readonly folder: string;
  /** Key for the state's backend. @default - none */
  readonly credentials?: Credentials;
  /** Where it keeps what `init` prepared. @default - in the folder of the configuration */
  readonly dataFolder?: string;
  /** Whether the owner sees its output as it comes. @default false */
  readonly show?: boolean;
  /** Program that resources configure guests with. @default - the pinned ansible-playbook */
  readonly playbookProgram?: string;
  /**
   * What it reads from standard input: a state, which so reaches no disk, or the owner's answers.
   * @default - nothing
   */
  readonly input?: string | 'owner';
}

/**
 * Environment for Terraform: the key for the state's backend, and what Ansible needs when a resource starts it. Nothing
 * of the shell's that Terraform takes orders from is in it.
 */
function terraformEnvironment(site: Site, { credentials, dataFolder, playbookProgram, input }: TerraformOptions): NodeJS.ProcessEnv {
  return {
    ...secretEnvironment(site.secrets),
    ...trustEnvironment(site),
    CHECKPOINT_DISABLE: '1',
    TF_IN_AUTOMATION: '1',
    HOMELAB_ANSIBLE_PLAYBOOK: playbookProgram ?? pythonTool('ansible-playbook'),
    ...(credentials && { AWS_ACCESS_KEY_ID: credentials.accessKeyId, AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey }),
    ...(dataFolder && { TF_DATA_DIR: dataFolder }),
    ...(input !== 'owner' && { TF_INPUT: '0' }),
  };
}

/** Runs Terraform in a folder. A word `{}` in `args` stands for the file of decrypted variables. */
export function terraform(site: Site, args: readonly string[], options: TerraformOptions): Promise<TerraformRun> {
  const [program, ...words] = commandLine(site.secrets, [terraformPath(), `-chdir=${options.folder}`, ...args]);
  const asks = options.input === 'owner';
  // Clear text in a state, and a plan, is for nobody but the owner.
  const previousMask = process.umask(0o077);
  const child = spawn(program!, words, { env: terraformEnvironment(site, options), stdio: [asks ? 'inherit' : 'pipe', 'pipe', 'pipe'] });
  process.umask(previousMask);
  if (child.pid) noteChild(site, child.pid, args.join(' '));
  child.stdin?.on('error', () => undefined).end(options.input ?? '');
  // The terminal sends Ctrl-C to the whole group; Terraform stops in its own time and releases its lock.
  const wait = () => undefined;
  process.on('SIGINT', wait).on('SIGTERM', wait);
  const stdout = collect(child.stdout!, options.show ? process.stdout : undefined);
  const stderr = collect(child.stderr!, options.show ? process.stderr : undefined);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      process.off('SIGINT', wait).off('SIGTERM', wait);
      forgetChild(site);
      resolve({ code: code ?? 128 + constants.signals[signal ?? 'SIGKILL'], stdout: stdout(), stderr: stderr() });
    });
  });
}

/** Gathers a stream's text, passing it on as it comes. */
function collect(from: NodeJS.ReadableStream, to?: NodeJS.WritableStream): () => string {
  const decoder = new StringDecoder('utf8');
  let text = '';
  from.on('data', (chunk: Buffer) => {
    text += decoder.write(chunk);
    to?.write(chunk);
  });
  return () => text + decoder.end();
}
