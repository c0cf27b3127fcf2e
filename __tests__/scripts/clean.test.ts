import { spawn, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { exclusively, HOUSE } from '../../common/exclusive';
import { synthesize } from '../../constructs';
import { largeHouse } from '../helpers/large-house';
import { smallHouse } from '../helpers/small-house';
import { ROOT } from '../tools/ensure-tools';

const TSX = pathToFileURL(require.resolve('tsx')).href;

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'clean-'));
  put('.cdktf.out.1/stacks/services/cdk.tf.json', '{}');
  symlinkSync('.cdktf.out.1', join(root, 'cdktf.out'));
});
afterEach(() => rmSync(root, { recursive: true }));

function put(path: string, content: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

const clean = () => spawnSync(process.execPath, ['--import', TSX, join(ROOT, 'scripts', 'clean', 'main.ts')], { cwd: root, encoding: 'utf8' });

/** Starts something that lives as long as the test under Terraform's name, in a folder. */
async function terraformIn(folder: string) {
  copyFileSync('/bin/sleep', join(root, 'terraform'));
  spawnSync('chmod', ['755', join(root, 'terraform')]);
  const child = spawn(join(root, 'terraform'), ['60'], { cwd: folder });
  await new Promise((started) => child.once('spawn', started));
  return child;
}

test('removes what can be made again, and no state', () => {
  put('.state/services.tfstate', 'state');
  expect(clean()).toMatchObject({ status: 0, stderr: '' });
  expect([existsSync(join(root, 'cdktf.out')), existsSync(join(root, '.cdktf.out.1')), existsSync(join(root, '.state/services.tfstate'))]).toEqual([false, false, true]);
});

test.each(['.cdktf.out.1/stacks/services/errored.tfstate', '.cdktf.out.0/stacks/attic/errored.2.tfstate'])('G3: refuses while %s is there, and removes nothing', (path) => {
  put(path, 'the only record');
  const run = clean();
  expect(run.status).toBe(1);
  expect(run.stderr).toContain(`${path} is a state that could not be saved`);
  expect(existsSync(join(root, path))).toBe(true);
  expect(existsSync(join(root, 'cdktf.out', 'stacks', 'services', 'cdk.tf.json'))).toBe(true);
});

test('G5: neither clean nor synth takes the folder away in which a Terraform works, and both say who it is', async () => {
  const outdir = join(root, 'cdktf.out');
  synthesize(smallHouse, { outdir });
  const child = await terraformIn(join(outdir, 'stacks', 'services'));
  try {
    const said = new RegExp(`terraform 60' is at work in .*stacks/services \\(process ${child.pid}\\)`);
    expect(() => synthesize(largeHouse(1), { outdir })).toThrow(said);
    expect(clean().stderr).toMatch(said);
    expect(existsSync(join(outdir, 'stacks', 'services', 'cdk.tf.json'))).toBe(true);
    // The same output again takes nothing away.
    synthesize(smallHouse, { outdir });
  } finally {
    child.kill();
    await new Promise((ended) => child.once('close', ended));
  }
  synthesize(largeHouse(1), { outdir });
});

test('neither clean nor synth takes the folder away while an apply waits for its answer, and both say who it is', async () => {
  const outdir = join(root, 'cdktf.out');
  synthesize(smallHouse, { outdir });
  await exclusively({ base: join(root, '.state') }, HOUSE, async () => {
    const said = new RegExp(`is at work here since \\S+ \\(process ${process.pid}\\)`);
    expect(() => synthesize(largeHouse(1), { outdir })).toThrow(said);
    expect(clean()).toMatchObject({ status: 1, stderr: expect.stringMatching(said) });
    synthesize(smallHouse, { outdir });
  });
  synthesize(largeHouse(1), { outdir });
});
