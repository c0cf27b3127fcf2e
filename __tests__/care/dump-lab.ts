import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { ROOT, ScriptLab, type Run } from '../scripts/script-lab';

const FILES = join(ROOT, 'ansible/roles/service_dump/files');

/** What a dump says of itself. */
export interface Manifest {
  readonly tool: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly files: readonly { readonly name: string; readonly bytes: number; readonly sha256: string }[];
  readonly items: Readonly<Record<string, { readonly of: string; readonly counts: Readonly<Record<string, number>> } & Readonly<Record<string, unknown>>>>;
}

/** A guest with one volume and the program service-dump, run as root of this machine; `runuser` only runs its command. */
export class DumpLab extends ScriptLab {
  readonly volume = this.path('volume');
  readonly dumps = this.path('volume/dumps');

  constructor(private readonly tool: string, private readonly options: Readonly<Record<string, unknown>> = {}, private readonly units: readonly string[] = []) {
    super();
    mkdirSync(this.volume);
    this.standIn('systemctl');
    this.standIn('runuser', 'shift 3; exec "$@"');
    this.configure();
  }

  /** Writes the program's configuration, with some of it exchanged. */
  configure(patch: Readonly<Record<string, unknown>> = {}): void {
    const config = { service: 'notes', tool: this.tool, dir: this.dumps, volume: this.volume, keep: 3, user: 'root', units: this.units, options: this.options, ...patch };
    writeFileSync(this.path('service-dump.json'), JSON.stringify(config));
  }

  /** Runs the program with some words. */
  say(...words: string[]): Run {
    return this.run(join(FILES, 'service-dump'), words, { interpreter: 'python3', env: this.environment });
  }

  /** What a started program needs in its environment. */
  get environment(): Record<string, string> {
    return { SERVICE_DUMP_CONFIG: this.path('service-dump.json'), SERVICE_DUMP_LIBRARY: join(FILES, 'tools'), PYTHONDONTWRITEBYTECODE: '1' };
  }

  /** Names below the dumps' folder, oldest first. */
  made(): string[] {
    return readdirSync(this.dumps).filter((name) => name !== '.lock').sort();
  }

  /** Makes one dump and gives its name. */
  dumped(): string {
    const run = this.say('dump');
    if (run.code !== 0) throw new Error(run.stderr);
    return this.made().filter((name) => /Z$/.test(name)).at(-1)!;
  }

  manifest(name: string): Manifest {
    return JSON.parse(readFileSync(join(this.dumps, name, 'manifest.json'), 'utf8')) as Manifest;
  }
}
