import { existsSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';

import { replaceFile } from '../common/replace-file';
import { Refusal } from '../common/refusal';
import { privateFolder } from '../state/site';

/** What is known of a step. */
export interface Entry {
  readonly step: string;
  /** `begun` until its commands ended well and its check held. */
  readonly is: 'begun' | 'done';
  /** Since when, ISO 8601. */
  readonly at: string;
  /** How long it took. */
  readonly seconds?: number;
  /** Process of its running command, to be found again after a kill. */
  readonly pid?: number;
}

/** What has been done of a rebuild. On the disk it is always whole, and it is never ahead of what was done. */
export class Journal {
  private readonly path: string;
  private readonly entries: Map<string, Entry>;

  /**
   * @param house whose rebuild it is, as in `pve at 192.168.88.10`
   * @throws Refusal when the file is no journal of this house and these steps
   */
  constructor(
    private readonly folder: string,
    private readonly house: string,
    steps: readonly string[],
  ) {
    this.path = join(privateFolder(folder), 'journal.json');
    this.entries = new Map(this.read(steps).map((entry) => [entry.step, entry]));
  }

  /** Whether an earlier run left something. */
  exists(): boolean {
    return this.entries.size > 0;
  }

  get(step: string): Entry | undefined {
    return this.entries.get(step);
  }

  /** Notes a step's progress, on the disk before this returns. */
  note(entry: Omit<Entry, 'at'>): void {
    this.entries.set(entry.step, { ...entry, at: new Date().toISOString() });
    replaceFile(this.path, `${JSON.stringify({ house: this.house, steps: [...this.entries.values()] }, null, 1)}\n`);
  }

  /** Puts the journal of a finished rebuild away, so that the next one begins anew. */
  close(): void {
    renameSync(this.path, join(this.folder, 'journal-finished.json'));
  }

  private read(steps: readonly string[]): readonly Entry[] {
    if (!existsSync(this.path)) return [];
    const wrong = (problem: string) => new Refusal(`the journal '${this.path}' ${problem}; correct it, or remove it to begin anew (every step may be done twice)`);
    let journal: { readonly house?: unknown; readonly steps?: unknown };
    try {
      journal = JSON.parse(readFileSync(this.path, 'utf8')) as typeof journal;
    } catch (error) {
      throw wrong(`is no JSON (${(error as Error).message})`);
    }
    if (journal?.house !== this.house) throw wrong(`belongs to ${JSON.stringify(journal?.house)}, and this house is ${this.house}`);
    if (!Array.isArray(journal.steps)) throw wrong('has no list of steps');
    for (const { step, is } of journal.steps as Entry[]) {
      if (!steps.includes(step)) throw wrong(`names a step '${step}', which there is not`);
      if (is !== 'begun' && is !== 'done') throw wrong(`says that '${step}' is '${is}'; it must be begun or done`);
    }
    return journal.steps as Entry[];
  }
}
