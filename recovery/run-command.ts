import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { Interrupted } from '../common/prompt';
import type { Command } from './step';

/** Our own Python tools come first, and Ansible finds its settings whatever folder it is started in. */
function environment(root: string): NodeJS.ProcessEnv {
  const path = [join(root, '.tools', 'python', 'bin'), process.env.PATH].join(delimiter);
  return { ...process.env, PATH: path, ANSIBLE_CONFIG: join(root, 'ansible', 'ansible.cfg') };
}

/**
 * Runs a command at the top of the project, its output untouched.
 * @param started called with its process
 * @returns its exit code, 128 + n after signal n, 127 when it cannot be started
 * @throws Interrupted when this process was asked to end; by then the command has ended
 */
export function runCommand(root: string, [program, ...args]: Command, started: (pid: number) => void = () => undefined): Promise<number> {
  const child = spawn(program!, args, { cwd: root, env: environment(root), stdio: 'inherit' });
  let asked = false;
  // The terminal sends Ctrl-C to the command as well; anything else that asks us to end only reaches this process.
  const onInterrupt = () => (asked = true);
  const onTerminate = () => {
    asked = true;
    child.kill('SIGTERM');
  };
  process.on('SIGINT', onInterrupt).on('SIGTERM', onTerminate);
  if (child.pid) started(child.pid);
  return new Promise((resolve, reject) => {
    const settle = (code: number) => {
      process.off('SIGINT', onInterrupt).off('SIGTERM', onTerminate);
      if (asked) reject(new Interrupted());
      else resolve(code);
    };
    child.on('error', (error) => {
      console.error(`rebuild: '${program}' cannot be started: ${error.message}`);
      settle(127);
    });
    child.on('exit', (code, signal) => {
      // Ctrl-C may have ended the command before this process hears of its own.
      asked ||= signal === 'SIGINT';
      settle(code ?? 128 + constants.signals[signal ?? 'SIGKILL']);
    });
  });
}

/** Whether a process is a command that a rebuild has started; ids are given out again. */
function isOurs(pid: number, commands: readonly Command[]): boolean {
  try {
    const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    return commands.some((command) => words.includes(command.at(-1)!));
  } catch {
    return false;
  }
}

/** Waits for a command that outlived a killed run: a second one beside it would work on the same host. */
export async function waitForOrphan(pid: number, commands: readonly Command[], say: (line: string) => void): Promise<void> {
  if (isOurs(pid, commands)) say(`the command of the interrupted run is still at work (process ${pid}); waiting for it`);
  while (isOurs(pid, commands)) await sleep(200);
}
