import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { ROOT, ScriptLab, type Run } from '../scripts/script-lab';

const PROGRAM = join(ROOT, 'ansible/roles/pve_backup/files/pve-backup-offhost');
export const PASSWORD = 'Zq7-correct-horse-battery-staple';

/**
 * A host with one dataset of volumes and a folder of archives, and real restic. `zfs` and `mount` are stand-ins: a
 * snapshot is a copied folder, and mounting it is a bind mount, seen by the program's own mount namespace alone.
 */
export class OffHostLab extends ScriptLab {
  readonly data = this.path('tank/data');
  readonly backups = this.path('tank/backups');
  readonly repository = this.path('elsewhere/restic');

  constructor() {
    super();
    for (const folder of [this.data, this.backups, this.path('snapshots'), this.path('elsewhere')]) mkdirSync(folder, { recursive: true });
    this.standIn('zfs', `case "$*" in *"-t filesystem"*) printf 'tank/data\\t${this.data}\\n' ;; *) ls "$LAB/snapshots" | sed 's,^,tank/data@,' ;; esac`);
    this.standIn('mount', `source=$3; exec /usr/bin/mount --bind "$LAB/snapshots/\${source#*@}" "$4"`);
    this.configure();
  }

  /** Writes the program's configuration, with some of it exchanged. */
  configure(patch: Readonly<Record<string, unknown>> = {}): void {
    const config = {
      node: 'pve',
      repository: this.repository,
      password: PASSWORD,
      environment: {},
      ssh_arguments: '',
      mountpoint: '',
      datasets: ['tank/data'],
      paths: [this.backups, this.data],
      exclude: [],
      keep: { daily: 7, weekly: 4, monthly: 3 },
      verify_percent: 0,
      upload_kib_per_sec: 0,
      cache_dir: this.path('cache'),
      state_file: this.path('state/repository'),
      textfile_dir: this.path('metrics'),
      ...patch,
    };
    writeFileSync(this.path('offhost.json'), JSON.stringify(config));
  }

  /** Keeps the volumes as they are now, as `pve-backup-moment` does. */
  moment(name: string): void {
    cpSync(this.data, this.path('snapshots', `moment-${name}`), { recursive: true });
  }

  /** Runs the program with real restic. */
  offhost(...args: string[]): Run {
    return this.run(PROGRAM, args, { interpreter: 'python3', env: this.environment });
  }

  /** Starts the program, to be killed with everything it started. */
  startOffhost(...args: string[]): ChildProcess {
    const env = { PATH: `${this.path('bin')}:${process.env.PATH}`, HOME: this.folder, LAB: this.folder, ...this.environment };
    return spawn('python3', [PROGRAM, ...args], { env, detached: true, stdio: ['ignore', 'pipe', 'ignore'] });
  }

  /** Asks restic itself, with the right password. */
  restic(...args: string[]): Run {
    const { status, stdout, stderr } = spawnSync('restic', args, { encoding: 'utf8', env: this.resticEnvironment });
    return { code: status, stdout, stderr };
  }

  /** Starts restic itself; it ends when its stdin does. */
  startRestic(...args: string[]): ChildProcess {
    return spawn('restic', args, { env: this.resticEnvironment, stdio: ['pipe', 'ignore', 'ignore'] });
  }

  /** Names of the locks in the repository. */
  locks(): string[] {
    return readdirSync(join(this.repository, 'locks'));
  }

  /** Copies that the repository holds. */
  copies(): { readonly id: string; readonly tags: readonly string[] }[] {
    return JSON.parse(this.restic('snapshots', '--json').stdout);
  }

  /** Files of the repository's pack folder, whole paths. */
  packs(): string[] {
    const folder = join(this.repository, 'data');
    if (!existsSync(folder)) return [];
    return readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)).filter((path) => !/\/data\/..$/.test(path));
  }

  private get resticEnvironment(): NodeJS.ProcessEnv {
    return { ...process.env, RESTIC_REPOSITORY: this.repository, RESTIC_PASSWORD: PASSWORD, RESTIC_CACHE_DIR: this.path('cache') };
  }

  private get environment(): Record<string, string> {
    return { PVE_BACKUP_OFFHOST_CONFIG: this.path('offhost.json') };
  }
}

/** Bytes that neither compress nor repeat. */
export function noise(mebibytes: number): Buffer {
  return randomBytes(mebibytes * 1024 * 1024);
}
