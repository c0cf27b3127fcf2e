import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { replaceFile } from '../../common/replace-file';
import { Refusal } from '../../common/refusal';
import { privateFolder, type Site } from '../site';

/** Which steps of a bootstrap are done; it outlives a kill and goes with the last step. */
export class Journal {
  private readonly path: string;
  private readonly done: Set<string>;

  constructor(site: Site) {
    this.path = join(privateFolder(site.base), 'bootstrap.json');
    this.done = new Set(this.exists() ? this.read() : []);
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
    replaceFile(this.path, `${JSON.stringify({ done: [...this.done] })}\n`);
  }

  remove(): void {
    rmSync(this.path, { force: true });
  }

  private read(): string[] {
    try {
      return (JSON.parse(readFileSync(this.path, 'utf8')) as { done: string[] }).done;
    } catch (error) {
      throw new Refusal(`the journal '${this.path}' cannot be read (${(error as Error).message}); remove it to look at everything anew`);
    }
  }
}
