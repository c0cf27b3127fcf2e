import { includeRole, playTasks, type PlayOptions, type RoleRun } from './play';
import type { Machine } from './machine';

/** Something that Ansible must refuse to do. */
export interface Attempt {
  readonly run: RoleRun;
  /** Shell script run in the machine before. */
  readonly before?: string;
  /** Shell script that fails when the refusal was no refusal: something in the machine is not as it was. */
  readonly unchanged: string;
}

/**
 * Lets Ansible try several things in one session, which saves the start of one for each.
 * Gives what each attempt failed with, in order. Throws when something was not refused or not left as it was.
 * @param afterEach called when an attempt has failed; Ansible does not wait for it
 */
export async function attemptAll(machine: Machine, attempts: readonly Attempt[], afterEach: (index: number) => void = () => {}): Promise<string[]> {
  const tasks = attempts.map(({ run, before, unchanged }, index) => ({
    block: [
      ...(before ? [{ name: `Prepare ${index}`, ...shell(before) }] : []),
      includeRole(run),
      { name: `Not refused ${index}`, 'ansible.builtin.fail': { msg: 'the role went through' } },
    ],
    rescue: [{ name: `Refused ${index}`, ...shell(unchanged) }],
  }));
  const seen = new Set<string>();
  const onTask: PlayOptions['onTask'] = (name) => {
    const index = /^Refused (\d+)$/.exec(name)?.[1];
    // Ansible says twice that a task starts.
    if (!index || seen.has(index)) return;
    seen.add(index);
    afterEach(Number(index));
  };
  const result = await playTasks(machine, tasks, { onTask });
  if (result.status !== 0 || result.failed.length !== attempts.length) {
    throw new Error(`expected ${attempts.length} refusals that leave everything as it was, got:\n${result.failed.join('\n')}`);
  }
  return [...result.failed];
}

function shell(script: string): Record<string, unknown> {
  return { 'ansible.builtin.shell': `set -eu\n${script}`, changed_when: false };
}
