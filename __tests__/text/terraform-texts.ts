import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { anyTool } from '../rehearsal/fixtures/tools';

/** Texts of Terraform JSON as the real Terraform reads them, all in one plan without a provider. */
export function terraformTexts(written: readonly string[]): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'homelab-texts-'));
  const terraform = (...args: string[]): string => {
    const { status, stdout, stderr } = spawnSync(anyTool().program, args, { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 28, env: { ...process.env, CHECKPOINT_DISABLE: '1' } });
    if (status !== 0) throw new Error(`terraform ${args[0]} ended with ${status}: ${stdout}${stderr}`);
    return stdout;
  };
  try {
    // In one list: a plan with thousands of outputs would be slow.
    writeFileSync(join(folder, 'texts.tf.json'), JSON.stringify({ output: { texts: { value: written } } }));
    terraform('init', '-input=false', '-no-color');
    terraform('plan', '-input=false', '-no-color', '-out=plan');
    const shown = JSON.parse(terraform('show', '-json', 'plan')) as { planned_values: { outputs: { texts: { value: string[] } } } };
    return shown.planned_values.outputs.texts.value;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
