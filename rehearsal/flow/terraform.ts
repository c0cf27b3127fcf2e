import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { PARALLELISM } from '../../common/parallelism';
import { reattachVariable } from '../protocol/reattach';
import type { Token } from '../node/pve-node';
import type { Stack } from './stack';
import { PLAYBOOK_VARIABLE } from './stack-checks';
import type { InstalledTool } from './tool';
import type { Workspace } from './workspace';

/** What a call of the tool gave. */
export interface CallResult {
  /** Exit code; null when the tool was killed. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly millis: number;
}

/** Time an interrupted tool gets to stop by itself. */
const GRACE_MILLIS = 10_000;

/** Runs the real Terraform or OpenTofu on the copies of a workspace, one call at a time. */
export class Terraform {
  private running: ChildProcess | null = null;
  private interrupted = false;

  /**
   * @param ports - Ports of the stand-in providers.
   * @param token - The token the made-up provider settings use.
   */
  constructor(
    private readonly installed: InstalledTool,
    readonly workspace: Workspace,
    private readonly ports: ReadonlyMap<string, number>,
    private readonly token: Token,
  ) {}

  init = (stack: Stack): Promise<CallResult> => this.call(stack, ['init', '-input=false', '-no-color']);

  validate = (stack: Stack): Promise<CallResult> => this.call(stack, ['validate', '-no-color']);

  /** Exit code 0: nothing to do, 2: changes. */
  plan = (stack: Stack): Promise<CallResult> =>
    this.call(stack, ['plan', '-detailed-exitcode', '-input=false', '-no-color', '-out=plan', ...this.parallel]);

  showPlan = (stack: Stack): Promise<CallResult> => this.call(stack, ['show', '-json', 'plan']);

  /** The plan in words; what is sensitive is masked. */
  showPlanText = (stack: Stack): Promise<CallResult> => this.call(stack, ['show', '-no-color', 'plan']);

  applyPlan = (stack: Stack): Promise<CallResult> =>
    this.call(stack, ['apply', '-input=false', '-no-color', ...this.parallel, 'plan']);

  /** Brings something that is there into the state, by the address it is defined under. */
  import = (stack: Stack, address: string, id: string): Promise<CallResult> =>
    this.call(stack, ['import', '-input=false', '-no-color', address, id]);

  planDestroy = (stack: Stack): Promise<CallResult> =>
    this.call(stack, ['plan', '-destroy', '-input=false', '-no-color', '-out=plan', ...this.parallel]);

  /** Kills the running tool at once, like kill -9. */
  kill(): void {
    this.signal('SIGKILL');
  }

  /** Asks the running tool to stop, and makes it when it does not. No further call is made. */
  async interrupt(): Promise<void> {
    this.interrupted = true;
    const child = this.running;
    if (!child) return;
    this.signal('SIGINT');
    const hard = setTimeout(() => this.signal('SIGKILL'), GRACE_MILLIS);
    await new Promise((done) => child.once('close', done));
    clearTimeout(hard);
  }

  private get parallel(): string[] {
    return [`-parallelism=${PARALLELISM}`];
  }

  /** The tool leads a process group of its own, so that its provisioners end with it. */
  private signal(signal: NodeJS.Signals): void {
    if (this.running?.pid === undefined) return;
    try {
      process.kill(-this.running.pid, signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }

  private call(stack: Stack, args: readonly string[]): Promise<CallResult> {
    if (this.interrupted) return new Promise(() => undefined);
    const begin = performance.now();
    const child = spawn(this.installed.program, args, {
      cwd: this.workspace.stackFolder(stack),
      env: this.environment(stack),
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.running = child;
    const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []];
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    return new Promise((done, fail) => {
      child.once('error', fail);
      child.once('close', (code) => {
        this.running = null;
        done({
          code,
          stdout: Buffer.concat(stdout).toString('utf8'),
          stderr: Buffer.concat(stderr).toString('utf8'),
          millis: performance.now() - begin,
        });
      });
    });
  }

  private environment(stack: Stack): NodeJS.ProcessEnv {
    // Nothing of the user's own Terraform settings, and no real credential, reaches the tool.
    const inherited = Object.entries(process.env).filter(([name]) => !/^(TF_|TOFU_|PROXMOX_VE_|AWS_)/.test(name));
    return {
      ...Object.fromEntries(inherited),
      ...this.variables(stack),
      CHECKPOINT_DISABLE: '1',
      TF_IN_AUTOMATION: '1',
      TF_CLI_CONFIG_FILE: join(this.workspace.folder, 'terraform.rc'),
      TF_REATTACH_PROVIDERS: reattachVariable(this.installed.tool, this.ports),
      [PLAYBOOK_VARIABLE]: this.workspace.recorder,
    };
  }

  /** Made-up values for the variables of a stack that have no default; a token is the one the node knows. */
  private variables(stack: Stack): NodeJS.ProcessEnv {
    const open = Object.entries(stack.config.variable ?? {}).filter(([, variable]) => variable.default === undefined);
    const token = `${this.token.id}=${this.token.secret}`;
    return Object.fromEntries(
      open.map(([name, { type }]) => [`TF_VAR_${name}`, name.endsWith('api_token') ? token : madeUp(type ?? 'string')]),
    );
  }
}

function madeUp(type: string): string {
  if (type === 'number') return '1';
  if (type === 'bool') return 'false';
  if (/^(list|set|tuple)/.test(type)) return '[]';
  return /^(map|object)/.test(type) ? '{}' : 'rehearsal';
}

/** The error lines of a call, without Terraform's frame. */
export function errorsOf({ stdout, stderr }: CallResult): string[] {
  return `${stdout}\n${stderr}`
    .split('\n')
    .map((line) => line.replace(/^[│╷╵|\s]+/, ''))
    .filter((line) => line.startsWith('Error: '))
    .map((line) => line.slice('Error: '.length));
}
