import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(__dirname, '../..');

/** Runs the main job on one of the two libraries; the sources are the same, only the package is another. */
function synthesizeOn(library: string, outdir: string): Record<string, string> {
  execFileSync(process.execPath, ['scripts/synth/main.cjs'], {
    cwd: root,
    env: { ...process.env, HOMELAB_CDKTF: library, CDKTF_OUTDIR: outdir },
  });
  const files = readdirSync(`${outdir}/`, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [path.slice(outdir.length), readFileSync(path, 'utf8')];
    }),
  );
}

/** The tree without what names the library: its version, and how it writes an empty object. */
function withoutLibrary(tree: Record<string, string>): Record<string, unknown> {
  const entries = Object.entries(tree).map(([path, content]) => [path, path.endsWith('.json') ? JSON.parse(content) : content]);
  return Object.fromEntries(
    entries.map(([path, value]) => {
      if (path.endsWith('cdk.tf.json')) delete value['//'];
      if (path.endsWith('manifest.json')) delete value.version;
      return [path, value];
    }),
  );
}

test('the same sources synthesize the same house on the community fork', () => {
  const folder = mkdtempSync(join(tmpdir(), 'fork-'));
  try {
    const upstream = synthesizeOn('cdktf', join(folder, 'upstream'));
    const fork = synthesizeOn('cdktn', join(folder, 'fork'));
    expect(upstream['/stacks/services/cdk.tf.json']).toContain('"version": "0.21.0"');
    expect(fork['/stacks/services/cdk.tf.json']).toContain('"version": "0.24.0"');
    expect(withoutLibrary(fork)).toEqual(withoutLibrary(upstream));
  } finally {
    rmSync(folder, { recursive: true });
  }
});
