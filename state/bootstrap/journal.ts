import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { replaceFile } from '../../common/replace-file';
import { Refusal } from '../../common/refusal';
import { privateFolder, type Site } from '../site';

/** Which steps of some work are done, and what it must remember; it outlives a kill and goes with the last step. */
export class Journal {
  private readonly path: string;
  private readonly done: Set<string>;
  private readonly notes: Map<string, string>;

  /** @param work name of the file. @default 'bootstrap' */
  constructor(site: Site, work = 'bootstrap') {
    this.path = join(privateFolder(site.base), `${work}.json`);
    const { done, notes = {} } = this.exists() ? this.read() : { done: [] };
    this.done = new Set(done);
    this.notes = new Map(Object.entries(notes));
  }

  /** Whether an earlier run was interrupted. */
  exists(): boolean {
    return existsSync(this.path);
  }

  has(step: string): boolean {
    return this.done.has(step);
  }

  /** Notes a step, on the disk before this returns. */
  add(step: string): void {
    this.done.add(step);
    this.write();
  }

  /** Remembers something, on the disk before this returns. */
  note(name: string, value: string): void {
    this.notes.set(name, value);
    this.write();
  }

  /** What was remembered under a name. */
  noted(name: string): string | undefined {
    return this.notes.get(name);
  }

  remove(): void {
    rmSync(this.path, { force: true });
  }

  private write(): void {
    replaceFile(this.path, `${JSON.stringify({ done: [...this.done], notes: Object.fromEntries(this.notes) })}\n`);
  }

  private read(): { readonly done: string[]; readonly notes?: Readonly<Record<string, string>> } {
    try {
      return JSON.parse(readFileSync(this.path, 'utf8')) as { done: string[] };
    } catch (error) {
      throw new Refusal(`the journal '${this.path}' cannot be read (${(error as Error).message}); remove it to look at everything anew`);
    }
  }
}
