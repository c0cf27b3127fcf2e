import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { findTool } from '../../rehearsal/flow/tool';
import { Refusal } from '../../common/refusal';

/**
 * Has Terraform install one version of a provider into a folder of its own, and tell its schema.
 * @param folder made anew
 * @returns the file with the schema
 * @throws Refusal when Terraform cannot install it
 */
export function askForSchema(folder: string, source: string, version: string): string {
  const { program } = findTool(process.env);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'main.tf.json'), JSON.stringify({ terraform: { required_providers: { asked: { source, version } } } }));
  const run = (...args: string[]): string => {
    const { status, stdout, stderr, error } = spawnSync(program, args, { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 28, env: { ...process.env, CHECKPOINT_DISABLE: '1' } });
    if (status === 0) return stdout;
    throw new Refusal(`${program} ${args[0]} cannot have ${source} ${version}: ${(error?.message ?? stderr).trim()}`, 'where the registry cannot be reached, give the file that this prints elsewhere: terraform providers schema -json');
  };
  console.error(`upgrade-provider: asking the registry for ${source} ${version}`);
  run('init', '-input=false', '-no-color');
  const file = join(folder, 'schema.json');
  writeFileSync(file, run('providers', 'schema', '-json'));
  return file;
}
