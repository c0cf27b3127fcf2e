import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';

import { isAlive } from './alive';
import { Refusal } from './refusal';

/** Who holds a lock. */
export interface Holder {
  readonly pid: number;
  /** When that process began, in the kernel's ticks: process ids are given out again. Null where the kernel does not say. */
  readonly began: string | null;
  /** What was typed, for a person. */
  readonly command: string;
  /** Since when it is at work, ISO 8601. */
  readonly since: string;
}

/** When a process began, in the kernel's ticks since the machine did. */
function beginOf(pid: number): string | null {
  try {
    // The name of the program, in parentheses, may hold spaces.
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ')[19] ?? null;
  } catch {
    return null;
  }
}

function ownWords(): string {
  const [, program = '', ...words] = process.argv;
  return [relative(process.cwd(), program) || program, ...words].join(' ');
}

/** Makes the lock with its holder in it at once: an empty one would look like a leftover to another run. */
function create(path: string): boolean {
  const own = `${path}.${process.pid}`;
  const holder: Holder = { pid: process.pid, began: beginOf(process.pid), command: ownWords(), since: new Date().toISOString() };
  writeFileSync(own, JSON.stringify(holder), { mode: 0o600 });
  try {
    linkSync(own, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return false;
  } finally {
    rmSync(own, { force: true });
  }
}

/** What is in a lock; undefined when its holder has just let go. */
function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return undefined;
  }
}

/** The holder in a lock's text, when that very process lives. */
function living(text: string | undefined): Holder | undefined {
  try {
    const holder = JSON.parse(text ?? '') as Holder;
    return Number.isInteger(holder.pid) && isAlive(holder.pid) && (holder.began === null || beginOf(holder.pid) === holder.began) ? holder : undefined;
  } catch {
    return undefined;
  }
}

/** Name of the lock of whoever changes the house from this machine: one for every road. */
export const HOUSE = 'house';

const pathOf = (base: string, name: string): string => join(base, `${name}.lock`);

/** Who is at a work of this name in a folder now; undefined when nobody is. */
export const holderOf = (base: string, name: string): Holder | undefined => living(read(pathOf(base, name)));

/** Says who is at work, for a refusal. */
export const holderText = ({ pid, command, since }: Holder): string => `'${command}' is at work here since ${since} (process ${pid})`;

/** Puts away the lock of a process that is dead. @returns false when another run was quicker, whose lock then stays */
function clear(path: string, dead: string | undefined): boolean {
  const aside = `${path}.dead.${process.pid}`;
  try {
    renameSync(path, aside);
    if (read(aside) === dead) return true;
    linkSync(aside, path);
    return false;
  } catch (error) {
    if (!['ENOENT', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    return false;
  } finally {
    rmSync(aside, { force: true });
  }
}

/**
 * Runs `work` as the only one of its name in a folder.
 * @param base folder that only its owner can look into; made when it is not there
 * @throws Refusal naming the process that is at it already
 */
export async function exclusively<T>({ base }: { readonly base: string }, name: string, work: () => Promise<T>): Promise<T> {
  mkdirSync(base, { recursive: true, mode: 0o700 });
  const path = pathOf(base, name);
  if (!create(path)) {
    const found = read(path);
    const holder = living(found);
    if (holder) throw new Refusal(`${holderText(holder)}; nothing was run`, 'wait for it');
    // Left behind by a kill, or let go of just now.
    clear(path, found);
    if (!create(path)) throw new Refusal('another run has just been started here; nothing was run', 'wait for it');
  }
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
}
