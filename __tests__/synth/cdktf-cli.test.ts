import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(__dirname, '../..');

test('`cdktf synth` runs the main job and finds both stacks', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cli-'));
  try {
    const { status, stdout, stderr } = spawnSync('npx', ['cdktf', 'synth', '--output', join(folder, 'out')], {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, CHECKPOINT_DISABLE: '1', CI: 'true' },
    });
    expect(`${stdout}${stderr}`).toMatch(/Generated Terraform code for the stacks: foundation, services/);
    expect(stderr).not.toMatch(/ERROR/);
    expect(status).toBe(0);
    for (const file of ['stacks/services/cdk.tf.json', 'ansible/site.yml', 'docs/architecture.svg']) {
      expect(existsSync(join(folder, 'out', file))).toBe(true);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}, 60_000);
