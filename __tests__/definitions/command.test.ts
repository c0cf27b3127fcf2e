import { lstatSync, mkdtempSync, readdirSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { casesIn } from '../helpers/cases';
import type { RefusedCase } from '../helpers/definition-case';
import { readTree } from '../helpers/emitted';
import { runSynth, writeEntry } from '../helpers/run-synth';

const cases = new Map(casesIn<RefusedCase>('refused').map(({ file, definition }) => [file, definition]));
const valid = `import { smallHouse as house } from '__tests__/helpers/small-house';`;
const refusedHouse = (file: string): string => `import fixture from '__tests__/definitions/refused/${file}';\nconst house = fixture.lab;`;

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'refused-'))));
afterEach(() => rmSync(folder, { recursive: true }));

describe('the command on a definition with a mistake', () => {
  test.each(['vmid-clash', 'no-health-check', 'setting-asks-for-no-service', 'bridge-without-gateway', 'name-of-a-part-of-every-house'])(
    'tells path, rule, value and remedy, exits 1 and leaves the earlier output untouched: %s',
    (file) => {
      const outdir = join(folder, 'out');
      expect(runSynth(writeEntry(folder, valid), outdir).status).toBe(0);
      const before = { tree: readTree(outdir), link: readlinkSync(outdir), inode: lstatSync(outdir).ino };

      const { status, stderr } = runSynth(writeEntry(folder, refusedHouse(file)), outdir);

      const { path, rule, got } = cases.get(file)!;
      expect(status).toBe(1);
      const [, where, said, found, todo] = /\[(\S+)\] (.*)\n {4}got: (.*)\n {4}do: {2}(.*)\n/.exec(stderr)!;
      expect(where).toBe(path);
      expect(said).toMatch(rule);
      expect(found).toMatch(got!);
      expect(todo).not.toBe('');
      expect(stderr).toContain('1 problem:');
      expect(stderr).toContain('Nothing was written.');
      expect(stderr).not.toMatch(/^\s+at /m);
      expect({ tree: readTree(outdir), link: readlinkSync(outdir), inode: lstatSync(outdir).ino }).toEqual(before);
    },
  );

  test('writes nothing where there was nothing', () => {
    expect(runSynth(writeEntry(folder, refusedHouse('gpu-to-two-guests')), join(folder, 'out')).status).toBe(1);
    expect(readdirSync(folder)).toEqual(['main.ts']);
  });

  test('tells three mistakes in three services in one run', () => {
    const three = [
      `import { withService } from '__tests__/helpers/alter';`,
      `const house = withService('garage', { memoryMiB: 0 }, withService('valkey', { tags: ['Cache'] }, withService('miniflux', { needs: ['redis'] })));`,
    ];
    const { status, stderr } = runSynth(writeEntry(folder, three.join('\n')), join(folder, 'out'));
    expect(status).toBe(1);
    expect(stderr).toContain('3 problems:');
    for (const path of ['foundation/garage', 'services/valkey', 'services/miniflux']) expect(stderr).toContain(`[${path}]`);
  });
});
