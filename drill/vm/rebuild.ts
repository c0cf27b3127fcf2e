import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Machine } from './machine';
import { environment, type RoleRun } from './play';

const ROOT = join(__dirname, '..', '..');

/**
 * Runs `make rebuild` against a machine with a fresh system, unattended, from the step that brings the pool back.
 * @param roles the house's roles with their variables, in the order of its own play
 * @param onDone called with the name of each step when it is done and its check holds
 * @returns its exit code, and everything it printed
 */
export async function rebuild(machine: Machine, roles: readonly RoleRun[], onDone: (step: string) => void): Promise<{ code: number | null; said: string }> {
  const folder = join(machine.folder, 'rebuild');
  const host = { ansible_host: '127.0.0.1', ansible_port: machine.port, ansible_user: 'root' };
  const variables: Record<string, unknown> = Object.assign({}, host, ...roles.map((run) => run.variables ?? {}));
  const tasks = roles.map(({ role }) => ({ 'ansible.builtin.import_role': { name: role } }));
  for (const name of ['inventories', 'playbooks']) mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, 'inventories', 'drill.json'), JSON.stringify({ all: { children: { metal: { hosts: { pve: variables } } } } }));
  writeFileSync(join(folder, 'playbooks', 'metal.yml'), JSON.stringify([{ hosts: 'pve', tasks }]));

  const words = ['--inventory', join(folder, 'inventories', 'drill.json'), '--folder', join(folder, 'state'), '--from', 'pool', '--yes'];
  const env = { ...environment(machine, {}), ANSIBLE_STDOUT_CALLBACK: 'default', ANSIBLE_PRIVATE_KEY_FILE: machine.key };
  const run = spawn(process.execPath, ['--import', 'tsx', join(ROOT, 'recovery', 'main.ts'), ...words], { cwd: ROOT, env });
  let said = '';
  let pending = '';
  run.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    said += chunk;
    const lines = (pending + chunk).split('\n');
    pending = lines.pop() ?? '';
    for (const line of lines) {
      const step = /^rebuild: \[\d+\/\d+\] (\w+): .*: done in /.exec(line)?.[1];
      if (step) onDone(step);
    }
  });
  run.stderr.setEncoding('utf8').on('data', (chunk: string) => (said += chunk));
  const code = await new Promise<number | null>((resolve, reject) => {
    run.once('error', reject);
    run.once('close', resolve);
  });
  return { code, said };
}
