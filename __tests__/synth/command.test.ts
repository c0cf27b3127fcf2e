import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';

const root = resolve(__dirname, '../..');
let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'command-'))));
afterEach(() => rmSync(folder, { recursive: true }));

function synth(args: string[], env: Record<string, string> = {}): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, ['scripts/synth/main.cjs', ...args], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, CDKTF_OUTDIR: join(folder, 'out'), ...env },
  });
}

test('--help explains the options and the exit codes and writes nothing', () => {
  const { status, stdout } = synth(['--help']);
  expect(status).toBe(0);
  expect(stdout).toMatch(/--state KIND/);
  expect(stdout).toMatch(/Exit codes: 0 written, 1 .*refused.*, 2 wrong arguments/);
  expect(existsSync(join(folder, 'out'))).toBe(false);
});

test.each([['--state', 's4'], ['--state'], ['--sate', 'local']])('fails on the arguments %s %s with exit code 2', (...args) => {
  const { status, stderr } = synth(args.filter(Boolean));
  expect(status).toBe(2);
  expect(stderr).toMatch(/^synth: --state is local or s3, got '.+'/);
  expect(existsSync(join(folder, 'out'))).toBe(false);
});

test.each([
  ['by argument', ['--state', 'local'], {}],
  ['by environment', [], { HOMELAB_STATE_BACKEND: 'local' }],
])('a local state can be chosen %s, beside the project', (_how, args, env) => {
  expect(synth(args, env).status).toBe(0);
  const stack = JSON.parse(readFileSync(join(folder, 'out/stacks/foundation/cdk.tf.json'), 'utf8'));
  expect(stack.terraform.backend).toEqual({ local: { path: '../../../.state/foundation.tfstate' } });
});

test('fails on a source file that does not compile, with its line and without a stack trace', () => {
  const entry = join(folder, 'broken.ts');
  writeFileSync(entry, 'const house = {\n  name: "x" "y",\n};\n');
  const { status, stderr } = synth([], { HOMELAB_ENTRY: relative(root, entry) });
  expect(status).toBe(1);
  expect(stderr).toMatch(/broken\.ts:2:\d+/);
  expect(stderr).not.toMatch(/^\s+at /m);
});

test('runs twice without changing a byte or an inode of the output', () => {
  synth([]);
  const first = readFileSync(join(folder, 'out/manifest.json'));
  const link = spawnSync('readlink', [join(folder, 'out')], { encoding: 'utf8' }).stdout;
  synth([]);
  expect(readFileSync(join(folder, 'out/manifest.json'))).toEqual(first);
  expect(spawnSync('readlink', [join(folder, 'out')], { encoding: 'utf8' }).stdout).toBe(link);
});
