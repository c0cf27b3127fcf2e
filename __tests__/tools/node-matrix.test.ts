import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { ROOT } from './ensure-tools';

jest.setTimeout(600_000);

const PINS = join(ROOT, 'tools/node-matrix');
const INSTALLED = join(ROOT, '.tools/node-matrix');
const MAJORS = ['22', '24', '26'];

const lockOf = (folder: string) => (existsSync(join(folder, 'package-lock.json')) ? readFileSync(join(folder, 'package-lock.json'), 'utf8') : '');

beforeAll(() => {
  if (lockOf(INSTALLED) === lockOf(PINS)) return;
  const partial = `${INSTALLED}.partial`;
  rmSync(partial, { recursive: true, force: true });
  cpSync(PINS, partial, { recursive: true });
  const { status, stderr } = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: partial, encoding: 'utf8' });
  if (status !== 0) throw new Error(`the versions of Node cannot be installed: ${stderr}`);
  rmSync(INSTALLED, { recursive: true, force: true });
  renameSync(partial, INSTALLED);
});

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'node-matrix-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs one of the house's programs under a version of Node, which is also the one that its children find. */
function under(major: string, ...args: string[]) {
  const bin = join(INSTALLED, `node_modules/node-${major}/bin`);
  return spawnSync(join(bin, 'node'), args, { cwd: ROOT, encoding: 'utf8', env: { ...process.env, PATH: `${bin}:${process.env.PATH}`, CDKTF_OUTDIR: join(folder, major) } });
}

function tree(of: string): Record<string, string> {
  const files = readdirSync(of, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(files.map(({ parentPath, name }) => [join(parentPath, name).slice(of.length), readFileSync(join(parentPath, name), 'utf8')]));
}

test.each(MAJORS)('Node %s synthesizes the same house, byte for byte, and rehearses it', (major) => {
  expect(under(major, '--version').stdout).toMatch(new RegExp(`^v${major}\\.`));
  expect(under(major, 'scripts/synth/main.cjs')).toMatchObject({ status: 0, stderr: '' });
  spawnSync(process.execPath, ['scripts/synth/main.cjs'], { cwd: ROOT, env: { ...process.env, CDKTF_OUTDIR: join(folder, 'here') } });
  expect(tree(join(folder, major))).toEqual(tree(join(folder, 'here')));
  expect(under(major, '--import', 'tsx', 'rehearsal/main.ts', '--scenario', 'guest-stopped', '--stack-dir', join(folder, major, 'stacks'))).toMatchObject({ status: 0, stdout: expect.stringContaining('Everything held') });
});

test.each(MAJORS)('Node %s answers at the front door and passes tests of every language feature in use', (major) => {
  expect(under(major, 'house', 'state', 'apply', '--help')).toMatchObject({ status: 0, stderr: '' });
  const jest = under(major, 'node_modules/jest/bin/jest.js', '--ci', '__tests__/common', '__tests__/constructs/second-house.test.ts', '__tests__/review/unnamed.test.ts');
  expect({ status: jest.status, said: jest.status === 0 ? '' : jest.stderr }).toEqual({ status: 0, said: '' });
});
