import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(__dirname, '../..');

test.each(['catalogue.md', 'architecture.svg', 'capacity.svg'])('docs/generated/%s is what the definition gives; `make docs` renews it', (name) => {
  const folder = mkdtempSync(join(tmpdir(), 'docs-'));
  try {
    execFileSync(process.execPath, ['scripts/synth/main.cjs'], { cwd: root, env: { ...process.env, CDKTF_OUTDIR: join(folder, 'out') } });
    expect(readFileSync(join(root, 'docs/generated', name), 'utf8')).toBe(readFileSync(join(folder, 'out/docs', name), 'utf8'));
  } finally {
    rmSync(folder, { recursive: true });
  }
});
