import { existsSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { synthesize } from '../../../constructs';
import { largeHouse } from '../../helpers/large-house';
import { smallHouse } from '../../helpers/small-house';

let folder: string;
let outdir: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'carry-over-'));
  outdir = join(folder, 'out');
});
afterEach(() => rmSync(folder, { recursive: true }));

function put(files: Readonly<Record<string, string>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(outdir, path)), { recursive: true });
    writeFileSync(join(outdir, path), content);
  }
}

const read = (path: string): string => readFileSync(join(outdir, path), 'utf8');
const other = (): readonly string[] => synthesize(largeHouse(1), { outdir }).notices.filter((notice) => notice.startsWith('kept'));

/** Folders beside the output that are not it. */
const leftBehind = (): string[] => readdirSync(folder).filter((name) => name !== 'out' && !lstatSync(join(folder, name)).isSymbolicLink() && !existsSync(join(folder, name, 'ansible')));

describe('what Terraform wrote in the old output', () => {
  test('moves along with the stack that it belongs to', () => {
    synthesize(smallHouse, { outdir });
    put({
      'stacks/services/.terraform/providers/plugin': 'plugin',
      'stacks/services/.terraform.lock.hcl': 'lock',
      'stacks/services/errored.tfstate': 'state',
      'stacks/foundation/plan': 'plan',
    });
    expect(other()).toEqual([]);
    expect(read('stacks/services/.terraform/providers/plugin')).toBe('plugin');
    expect(read('stacks/services/.terraform.lock.hcl')).toBe('lock');
    expect(read('stacks/services/errored.tfstate')).toBe('state');
    expect(read('stacks/foundation/plan')).toBe('plan');
    expect(readdirSync(folder)).toHaveLength(2);
  });

  test('stays beside the output, with a note, when its stack is gone; mere caches go', () => {
    synthesize(smallHouse, { outdir });
    put({ 'stacks/attic/errored.tfstate': 'state', 'stacks/attic/.terraform.lock.hcl': 'lock' });
    const [note, ...more] = other();
    expect(more).toEqual([]);
    const kept = /^kept (\S+): synthesis did not write it/.exec(note)![1];
    expect(readFileSync(join(folder, kept), 'utf8')).toBe('state');
  });

  test('is still there after many more runs', () => {
    synthesize(smallHouse, { outdir });
    put({ 'stacks/services/errored.tfstate': 'first' });
    for (const count of [1, 2, 3]) synthesize(largeHouse(count), { outdir });
    synthesize(smallHouse, { outdir });
    expect(read('stacks/services/errored.tfstate')).toBe('first');
  });

  test('never overwrites a namesake: two states that could not be saved are two files', () => {
    synthesize(smallHouse, { outdir });
    const first = join(folder, readdirSync(folder).find((name) => name.startsWith('.out.'))!);
    synthesize(largeHouse(1), { outdir });
    put({ 'stacks/services/errored.tfstate': 'second' });
    mkdirSync(join(first, 'stacks/services'), { recursive: true });
    writeFileSync(join(first, 'stacks/services/errored.tfstate'), 'first');

    expect(other()).toEqual([]);
    expect(read('stacks/services/errored.tfstate')).toBe('second');
    // Beside the second, where whoever looks for one sees both.
    expect(read('stacks/services/errored.2.tfstate')).toBe('first');
  });
});

describe('an output folder that another tool made', () => {
  test('becomes a link; the state in it moves along', () => {
    put({ 'manifest.json': '{}', 'stacks/services/cdk.tf.json': '{}', 'stacks/services/terraform.tfstate': 'state', 'stacks/services/.terraform/x': 'x' });
    expect(other()).toEqual([]);
    expect(lstatSync(outdir).isSymbolicLink()).toBe(true);
    expect(read('stacks/services/terraform.tfstate')).toBe('state');
    expect(leftBehind()).toEqual([]);
  });

  test('is set aside with everything in it that synthesis does not write', () => {
    put({ 'notes.md': 'mine', 'stacks/services/cdk.tf.json': '{}' });
    const [note] = other();
    const kept = /^kept (\S+): /.exec(note)![1];
    expect(readFileSync(join(folder, kept), 'utf8')).toBe('mine');
    expect(other()).toEqual([note]);
  });
});

test('a link that a killed run left behind goes, and nothing that it points to', () => {
  synthesize(smallHouse, { outdir });
  put({ 'stacks/services/errored.tfstate': 'state' });
  symlinkSync(readdirSync(folder).find((name) => name.startsWith('.out.'))!, join(folder, '.out.link-999999999'));
  expect(other()).toEqual([]);
  expect(read('stacks/services/errored.tfstate')).toBe('state');
  expect(readdirSync(folder)).toHaveLength(2);
});
