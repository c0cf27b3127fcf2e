import { commandText } from '../common/shell';
import { confirm } from '../common/prompt';
import type { Journal } from './journal';
import { runCommand, waitForOrphan } from './run-command';
import { helpFor, type Step } from './step';

/** How steps are run. */
export interface RebuildOptions {
  /** Folder of the project. */
  readonly root: string;
  /** All steps there are. */
  readonly all: readonly Step[];
  /** Those to run, in order. */
  readonly chosen: readonly Step[];
  /** Whether the steps were named: then they run even when they are done. */
  readonly named: boolean;
  /** Whether nobody is asked. */
  readonly unattended: boolean;
  readonly journal: Journal;
}

/** Tells the owner something. */
export function say(line: string): void {
  console.log(`rebuild: ${line}`);
}

function clock(seconds: number): string {
  return `${Math.floor(seconds / 60)} min ${String(Math.round(seconds % 60)).padStart(2, '0')} s`;
}

/** Commands of a step as lines to read, or to type. */
export function commandLines(step: Step, root: string): string[] {
  const lines = step.commands.map((command) => `    ${commandText(command)}`);
  const check = step.check ? [`    check: ${commandText(step.check)}`] : [];
  return [...lines, ...check].map((line) => line.replaceAll(`${root}/`, ''));
}

/**
 * Runs steps one after another. A step is done only when every command ended well and its check holds.
 * @returns whether all of them are done
 */
export async function rebuild(options: RebuildOptions): Promise<boolean> {
  const { all, chosen, journal } = options;
  if (journal.exists()) say('going on with what an earlier run has begun');
  for (const step of chosen) {
    const label = `[${all.indexOf(step) + 1}/${all.length}] ${step.id}: ${step.title}`;
    await settleOrphan(step, options);
    if (!options.named && journal.get(step.id)?.is === 'done' && (await stillHolds(step, label, options))) continue;
    say(label);
    console.log(`    ${step.does}`);
    if (!(await runStep(step, options))) return false;
    say(`${label}: done in ${clock(journal.get(step.id)?.seconds ?? 0)}`);
  }
  if (all.every(({ id }) => journal.get(id)?.is === 'done')) finish(options);
  return true;
}

async function settleOrphan(step: Step, { journal }: RebuildOptions): Promise<void> {
  const entry = journal.get(step.id);
  if (entry?.is === 'begun' && entry.pid) await waitForOrphan(entry.pid, step.commands, say);
}

async function stillHolds(step: Step, label: string, { root, journal }: RebuildOptions): Promise<boolean> {
  if (step.by === 'program' && step.check && (await runCommand(root, step.check)) !== 0) {
    say(`${label}: was done ${journal.get(step.id)!.at}, but its check does not hold now; it is done again`);
    return false;
  }
  say(`${label}: was done before`);
  return true;
}

async function runStep(step: Step, options: RebuildOptions): Promise<boolean> {
  const { root, unattended, journal } = options;
  const byOwner = step.by === 'owner';
  if (byOwner) for (const line of commandLines({ ...step, check: undefined }, root)) console.log(line);
  if (byOwner && unattended && !step.check) return stop(step, 'only hands can do it, and nobody is there to be asked; do it, then go on with --from and the step after it');
  if (!unattended && !(await confirm(`rebuild: ${byOwner ? 'is it done (or not needed)?' : 'run it?'}`))) return stop(step, 'not agreed to; nothing was run');
  const started = performance.now();
  journal.note({ step: step.id, is: 'begun' });
  for (const command of byOwner ? [] : step.commands) {
    const code = await runCommand(root, command, (pid) => journal.note({ step: step.id, is: 'begun', pid }));
    if (code !== 0) return stop(step, `'${command[0]}' ended with exit code ${code}, see above`);
  }
  if (step.check && (await runCommand(root, step.check)) !== 0) return stop(step, 'its check does not hold, see above');
  journal.note({ step: step.id, is: 'done', seconds: Math.round((performance.now() - started) / 100) / 10 });
  return true;
}

function stop(step: Step, why: string): false {
  console.error(`rebuild: stopped at step '${step.id}': ${why}.\nWhat to do: ${helpFor(step)}\nThen go on with: make rebuild`);
  return false;
}

function finish({ all, journal }: RebuildOptions): void {
  const times = all.map(({ id }) => ({ id, seconds: journal.get(id)?.seconds ?? 0 }));
  journal.close();
  say('every step is done');
  for (const { id, seconds } of times) console.log(`    ${id.padEnd(10)} ${clock(seconds)}`);
}
