import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { memoryFolder } from '../../common/memory';
import { Refusal } from '../../common/refusal';
import { toolPath } from '../../tools/tool-path';
import type { Looked } from './unpack';

const CONFIG = join(__dirname, 'gitleaks.toml');
const LEAKS = 3;

/**
 * Runs gitleaks over files, values hidden in what it says. It gets them in memory, each version in a folder of its own:
 * what it reads from git itself leaves out a file that replaced a link.
 * @returns what it found, as sentences
 */
export function leaks(files: readonly Looked[]): string[] {
  const folder = memoryFolder();
  try {
    files.forEach(({ path, content }, version) => {
      if (path.split(/[/!]/).includes('..')) throw new Refusal(`git keeps a file under the path '${path}', which leads elsewhere; look at it by hand`);
      const place = join(folder, `v${version}`, path);
      mkdirSync(dirname(place), { recursive: true });
      writeFileSync(place, content);
    });
    return found(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function found(folder: string): string[] {
  const args = ['dir', '--no-banner', '--no-color', '--redact=100', '--verbose', '--ignore-gitleaks-allow', `--exit-code=${LEAKS}`, '--config', CONFIG, '.'];
  const run = spawnSync(toolPath('gitleaks'), args, { cwd: folder, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  if (run.status === 0) return [];
  if (run.status !== LEAKS) throw new Refusal(`gitleaks failed (exit code ${run.status}): ${run.stderr.trim()}`);
  const field = (text: string, name: string) => new RegExp(`^${name}:\\s+(.+)$`, 'm').exec(text)?.[1] ?? '';
  return run.stdout
    .split(/\n\n+/)
    .filter((part) => part.includes('RuleID:'))
    .map((part) => `${field(part, 'File').replace(/^(\.\/)?v\d+\//, '')}, line ${field(part, 'Line')}: looks like a secret (${field(part, 'RuleID')})`);
}
