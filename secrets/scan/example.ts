import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

import { toolPath } from '../../tools/tool-path';
import { isMadeUp } from '../made-up';
import { COMMENT_KEY, exampleKeyFile, FILES } from '../store';

/**
 * What keeps a change of the example secrets from going out: a value that `secrets example` did not make. Everybody can
 * open them, so does this.
 */
export function exampleProblems(root: string, path: string, content: Buffer): string[] {
  if (!FILES.some((file) => path === `secrets/example/${file}`)) return [];
  const env = { ...process.env, SOPS_AGE_KEY_FILE: exampleKeyFile(join(__dirname, '..', '..')) };
  const run = spawnSync(toolPath('sops'), ['decrypt', '--input-type', 'json', '--output-type', 'json', '/dev/stdin'], { cwd: root, env, input: content, encoding: 'utf8' });
  if (run.status !== 0) return [`${path}: the example key does not open it; make the example anew with: npm run secrets -- example`];
  return Object.entries(JSON.parse(run.stdout) as Record<string, unknown>)
    .filter(([name, value]) => name !== COMMENT_KEY && !name.endsWith('_unencrypted') && !isMadeUp(String(value)))
    .map(([name]) => `${path}: '${name}' was not made up by 'npm run secrets -- example', and everybody can open it; set it with: make secrets`);
}
