import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { memoryFolder } from '../../common/memory';
import { toolPath } from '../../tools/tool-path';
import { isMadeUp } from '../made-up';
import { COMMENT_KEY, exampleKeyFile, FILES } from '../store';

/** The values of an example file, or what SOPS says. It reads a file in memory: it cannot open what Node gives it as standard input. */
function open(content: Buffer): Record<string, unknown> | string {
  const folder = memoryFolder();
  try {
    const file = join(folder, 'example.json');
    writeFileSync(file, content);
    const env = { ...process.env, SOPS_AGE_KEY_FILE: exampleKeyFile(join(__dirname, '..', '..')) };
    const run = spawnSync(toolPath('sops'), ['decrypt', '--input-type', 'json', '--output-type', 'json', file], { env, encoding: 'utf8' });
    return run.status === 0 ? (JSON.parse(run.stdout) as Record<string, unknown>) : (run.stderr.trim().split('\n').at(-1) ?? 'it gives no reason');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * What keeps a change of the example secrets from going out: a value that `secrets example` did not make. Everybody can
 * open them, so does this.
 */
export function exampleProblems(path: string, content: Buffer): string[] {
  if (!FILES.some((file) => path === `secrets/example/${file}`)) return [];
  const opened = open(content);
  if (typeof opened === 'string') return [`${path}: the example key does not open it (${opened}); make the example anew with: ./house secrets example`];
  return Object.entries(opened)
    .filter(([name, value]) => name !== COMMENT_KEY && !name.endsWith('_unencrypted') && !isMadeUp(String(value)))
    .map(([name]) => `${path}: '${name}' was not made up by './house secrets example', and everybody can open it; set it with: make secrets`);
}
