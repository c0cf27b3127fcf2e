import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { root } from './run-synth';

/** One task as a role's file has it. */
export type Task = Readonly<Record<string, unknown>>;

/** Names of all roles. */
export const roleNames = (): string[] => readdirSync(join(root, 'ansible/roles'));

/** Every task of a role with the file it stands in, handlers and those inside blocks too. */
export function tasksOf(role: string): { readonly file: string; readonly task: Task }[] {
  return ['tasks', 'handlers'].flatMap((part) => {
    const folder = join(root, 'ansible/roles', role, part);
    const files = existsSync(folder) ? readdirSync(folder) : [];
    return files.flatMap((name) => flat((parse(readFileSync(join(folder, name), 'utf8')) ?? []) as Task[]).map((task) => ({ file: `${part}/${name}`, task })));
  });
}

function flat(tasks: readonly Task[]): Task[] {
  return tasks.flatMap((task) => [task, ...['block', 'rescue', 'always'].flatMap((part) => flat((task[part] ?? []) as Task[]))]);
}
