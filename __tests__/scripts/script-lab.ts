import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Folder of the project. */
export const ROOT = join(__dirname, '..', '..');

/** What one run left behind. */
export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** How a script is run. */
export interface RunOptions {
  /** @default - the project's folder */
  readonly cwd?: string;
  readonly input?: string;
  /** @default 'bash' */
  readonly interpreter?: 'bash' | 'python3';
  /** Variables of its environment beside PATH, HOME and LAB. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A temporary folder with stand-ins for programs, which note how they were called; everything else is the real thing. */
export class ScriptLab {
  readonly folder = mkdtempSync(join(tmpdir(), 'homelab-script-'));
  private readonly bin = join(this.folder, 'bin');

  constructor() {
    mkdirSync(this.bin);
  }

  path(...parts: string[]): string {
    return join(this.folder, ...parts);
  }

  /** Puts a stand-in on PATH. It notes its call, then runs `shell`. */
  standIn(name: string, shell = ''): void {
    writeFileSync(join(this.bin, name), `#!/bin/bash\nprintf '%s\\n' "$(basename "$0") $*" >>"$LAB/calls"\n${shell}\n`);
    chmodSync(join(this.bin, name), 0o755);
  }

  /** Runs a script with real bash; nothing of the owner of this machine is seen by it. */
  run(script: string, args: readonly string[], options: RunOptions = {}): Run {
    const env = { PATH: `${this.bin}:${process.env.PATH}`, HOME: this.folder, LAB: this.folder, ...options.env };
    const { status, stdout, stderr } = spawnSync(options.interpreter ?? 'bash', [script, ...args], { encoding: 'utf8', env, cwd: options.cwd ?? ROOT, input: options.input ?? '' });
    return { code: status, stdout, stderr };
  }

  /** Calls of the stand-ins so far; reading them forgets them. */
  calls(): string[] {
    const file = this.path('calls');
    const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];
    rmSync(file, { force: true });
    return lines;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
