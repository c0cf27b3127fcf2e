import { spawn } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { startingTask, summarize, type PlayResult } from '../ansible/result';
import type { Machine } from './machine';

const ROOT = join(__dirname, '..', '..');
const PYTHON = join(ROOT, '.tools', 'python');

/** A role with its variables. */
export interface RoleRun {
  readonly role: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  /** Part of the role to run, as a file of its tasks. @default main */
  readonly part?: string;
}

/** How roles are run. */
export interface PlayOptions {
  /** Check mode with differences: nothing is changed. @default false */
  readonly check?: boolean;
  /** Plain Ansible, as the owner runs it; otherwise Mitogen, which needs a fifth of the time. @default false */
  readonly plain?: boolean;
  /** Called with the name of each task as it starts. */
  readonly onTask?: (name: string) => void;
  /** Seconds after which the run is killed. @default 1200 */
  readonly timeoutSec?: number;
}

/** A task of a play, as Ansible reads it. */
export type Task = Readonly<Record<string, unknown>>;

/**
 * Runs roles of ansible/roles in order in one play against a machine, with real Ansible over real ssh, host key checked.
 * A failing role is a result, not an error; an Ansible that could not start at all throws.
 */
export function play(machine: Machine, roles: readonly RoleRun[], options: PlayOptions = {}): Promise<PlayResult> {
  return playTasks(machine, roles.map(includeRole), options);
}

/** The task that runs a role. */
export function includeRole({ role, variables, part }: RoleRun): Task {
  return { name: `Run ${role}`, 'ansible.builtin.include_role': { name: role, tasks_from: part ?? 'main' }, vars: variables ?? {} };
}

/** Runs tasks in one play, like `play`. */
export async function playTasks(machine: Machine, tasks: readonly Task[], options: PlayOptions = {}): Promise<PlayResult> {
  const playbook = join(machine.folder, 'play.json');
  const inventory = join(machine.folder, 'inventory.json');
  writeFileSync(playbook, JSON.stringify([{ name: 'Drill', hosts: 'pve', gather_subset: ['!all', 'min'], tasks }]));
  writeFileSync(inventory, JSON.stringify({ all: { hosts: { pve: { ansible_host: '127.0.0.1', ansible_port: machine.port, ansible_user: 'root' } } } }));
  const args = ['--inventory', inventory, '--private-key', machine.key, ...(options.check ? ['--check', '--diff'] : []), playbook];
  const run = spawn(join(PYTHON, 'bin', 'ansible-playbook'), args, { cwd: join(ROOT, 'ansible'), env: environment(machine, options) });
  const killer = setTimeout(() => run.kill('SIGKILL'), (options.timeoutSec ?? 1200) * 1000);
  let output = '';
  let pending = '';
  run.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    output += chunk;
    const lines = (pending + chunk).split('\n');
    pending = lines.pop() ?? '';
    for (const task of lines.map(startingTask)) if (task) options.onTask?.(task);
  });
  let errors = '';
  run.stderr.setEncoding('utf8').on('data', (chunk: string) => (errors += chunk));
  const status = await new Promise<number>((resolve, reject) => {
    run.once('error', reject);
    run.once('close', (code) => resolve(code ?? -1));
  });
  clearTimeout(killer);
  if (!output.includes('"_event"')) throw new Error(`ansible-playbook did not run: ${errors}${output}`);
  return summarize(status, `${output}\n${errors}`);
}

/** Settings with which Ansible reaches a machine. */
export function environment(machine: Machine, options: PlayOptions): NodeJS.ProcessEnv {
  return {
    ...process.env,
    PATH: `${join(PYTHON, 'bin')}${delimiter}${process.env.PATH}`,
    ANSIBLE_CONFIG: join(ROOT, 'ansible', 'ansible.cfg'),
    ANSIBLE_STDOUT_CALLBACK: 'ansible.posix.jsonl',
    ANSIBLE_LOCAL_TEMP: join(machine.folder, 'ansible'),
    ANSIBLE_SSH_CONTROL_PATH_DIR: machine.sockets,
    ANSIBLE_SSH_COMMON_ARGS: `-o StrictHostKeyChecking=accept-new -o UserKnownHostsFile=${machine.knownHosts} -o IdentitiesOnly=yes`,
    ...(options.plain ? {} : { ANSIBLE_STRATEGY: 'mitogen_linear', ANSIBLE_STRATEGY_PLUGINS: mitogen(), ANSIBLE_DEPRECATION_WARNINGS: 'False' }),
  };
}

/** Folder of Mitogen's strategy plugins in the project's Python tools. */
function mitogen(): string {
  const lib = join(PYTHON, 'lib');
  const folders = readdirSync(lib).map((python) => join(lib, python, 'site-packages', 'ansible_mitogen', 'plugins', 'strategy'));
  const folder = folders.find(existsSync);
  if (!folder) throw new Error('Mitogen is missing in .tools/python; run: node tools/python.mjs');
  return folder;
}
