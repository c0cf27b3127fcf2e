import { spawnSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { CONTAINER_ADDRESS, type Container } from './container';

const ROOT = join(__dirname, '..', '..');
const VENV = join(ROOT, '.tools', 'python');
const PYTHON_BIN = join(VENV, 'bin');

/** What one run of a play did. */
export interface PlayResult {
  /** Exit code of ansible-playbook. */
  readonly status: number;
  /** Names of the tasks that changed something, in order. */
  readonly changed: readonly string[];
  /** Failed tasks as `name: message`; empty after success. */
  readonly failed: readonly string[];
  /** Everything Ansible printed, for a failing test to show. */
  readonly output: string;
}

/** How a role is run. */
export interface PlayOptions {
  /** Role variables. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** Check mode with differences: nothing is changed. @default false */
  readonly check?: boolean;
  /**
   * How Ansible reaches the container. `mitogen` takes a third of the time and is for most runs; `ssh` is what users have.
   * @default 'mitogen'
   */
  readonly transport?: 'mitogen' | 'ssh';
  /** Seconds after which the run is killed. @default 240 */
  readonly timeoutSec?: number;
}

interface JsonOutput {
  readonly plays: readonly {
    readonly tasks: readonly { readonly task: { name: string }; readonly hosts: Record<string, HostResult> }[];
  }[];
}

interface HostResult {
  readonly changed?: boolean;
  readonly failed?: boolean;
  readonly unreachable?: boolean;
  readonly msg?: unknown;
  readonly stderr?: string;
  readonly results?: readonly HostResult[];
}

/**
 * Runs one role of ansible/roles against a container with real Ansible over real ssh, host key checked.
 * A failing role is a result, not an error; an Ansible that could not start at all throws.
 */
export function playRole(container: Container, role: string, options: PlayOptions): PlayResult {
  return run(container, { name: `Drill of ${role}`, hosts: 'pve', roles: [{ role, ...options.variables }] }, options);
}

/** Runs roles one after the other in one play, with variables that all of them see, as a guest's playbook does. */
export function playRoles(container: Container, roles: readonly (string | { readonly name: string; readonly tasks_from: string })[], options: PlayOptions): PlayResult {
  const tasks = roles.map((role) => (typeof role === 'string' ? { name: role } : role)).map((role) => ({ name: `Run the role ${role.name}`, 'ansible.builtin.import_role': role }));
  return run(container, { name: 'Drill of a guest', hosts: 'pve', vars: options.variables, tasks }, options);
}

function run(container: Container, onlyPlay: object, options: PlayOptions): PlayResult {
  const play = [onlyPlay];
  const playbook = join(container.folder, 'play.json');
  const inventory = join(container.folder, 'inventory.json');
  writeFileSync(playbook, JSON.stringify(play));
  writeFileSync(inventory, JSON.stringify({ all: { hosts: { pve: { ansible_host: CONTAINER_ADDRESS, ansible_user: 'root' } } } }));
  const check = options.check ? ['--check', '--diff'] : [];
  const [command, args] = container.atTester([
    join(PYTHON_BIN, 'ansible-playbook'), '--inventory', inventory, '--private-key', join(container.folder, 'key'), ...check, playbook,
  ]);
  const child = spawnSync(command, args, {
    cwd: join(ROOT, 'ansible'),
    encoding: 'utf8',
    timeout: (options.timeoutSec ?? 240) * 1000,
    maxBuffer: 64 * 1024 * 1024,
    env: {
      ...process.env,
      PATH: `${PYTHON_BIN}${delimiter}${process.env.PATH}`,
      ANSIBLE_CONFIG: join(ROOT, 'ansible', 'ansible.cfg'),
      ...(options.transport === 'ssh' ? {} : mitogen()),
      ANSIBLE_STDOUT_CALLBACK: 'ansible.posix.json',
      // A machine that has other things to do needs more than the usual seconds to let somebody in.
      ANSIBLE_TIMEOUT: '120',
      ANSIBLE_LOCAL_TEMP: join(container.folder, 'ansible'),
      // All containers have the same address: a connection shared by address would reach the wrong one.
      ANSIBLE_SSH_CONTROL_PATH_DIR: join(container.folder, 'cp'),
      ANSIBLE_SSH_COMMON_ARGS: `-o UserKnownHostsFile=${join(container.folder, 'known_hosts')} -o IdentitiesOnly=yes`,
    },
  });
  const start = child.stdout.indexOf('{');
  if (child.error || start < 0) throw new Error(`ansible-playbook did not run: ${child.error?.message ?? child.stderr}\n${child.stdout}`);
  return summary(child.status ?? -1, JSON.parse(child.stdout.slice(start)) as JsonOutput, `${child.stdout}\n${child.stderr}`);
}

/** Settings that make Ansible use Mitogen, from the same pinned environment. */
export function mitogen(): Record<string, string> {
  const library = readdirSync(join(VENV, 'lib')).find((name) => name.startsWith('python3'));
  if (!library) throw new Error('no Python environment in .tools/python; run: node tools/python.mjs');
  const plugins = join(VENV, 'lib', library, 'site-packages', 'ansible_mitogen', 'plugins', 'strategy');
  return { ANSIBLE_STRATEGY: 'mitogen_linear', ANSIBLE_STRATEGY_PLUGINS: plugins };
}

function summary(status: number, json: JsonOutput, output: string): PlayResult {
  const changed: string[] = [];
  const failed: string[] = [];
  for (const { task, hosts } of json.plays.flatMap((play) => play.tasks)) {
    for (const host of Object.values(hosts)) {
      const results = host.results?.length ? host.results : [host];
      if (host.changed) changed.push(task.name);
      if (host.failed || host.unreachable) failed.push(`${task.name}: ${results.map(reason).filter(Boolean).join('; ')}`);
    }
  }
  return { status, changed, failed, output };
}

function reason(result: HostResult): string {
  if (!result.failed && !result.unreachable) return '';
  return [result.msg, result.stderr].filter(Boolean).map(String).join(' ');
}
