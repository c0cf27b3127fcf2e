import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

import type { ToolName } from '../../tools/tool-path';

/** Folder of the project. */
export const ROOT = join(__dirname, '..', '..');

/** Longest time that building every tool may take, in milliseconds. */
export const BUILD_TIMEOUT_MS = 30 * 60_000;

/** Installs pinned tools before a suite; what the installer says goes straight to the terminal, past jest. */
export function ensureTools(...tools: ToolName[]): void {
  const run = spawnSync(process.execPath, [join(ROOT, 'tools', 'install.mjs'), ...tools], { stdio: ['ignore', 'inherit', 'inherit'] });
  if (run.status !== 0) throw new Error(`tools/install.mjs ${tools.join(' ')} failed, see above`);
}
