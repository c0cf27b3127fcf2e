import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const FOLDER = join(__dirname, '..', '..', 'ansible', 'roles', 'zfs_setup', 'filter_plugins');
const GIB = 2 ** 30;

interface Plan {
  readonly problems: readonly string[];
  readonly steps: readonly string[];
}

interface Request {
  readonly layout: string;
  readonly serials: readonly string[];
  readonly vdevs?: readonly { type: string; serials: readonly string[] }[];
  readonly health?: string;
  readonly usedBytes?: number;
  readonly disks?: Record<string, unknown>;
}

const blank = (serial: string, sizeGiB = 1000) => ({ count: 1, path: `/dev/${serial}`, by_id: `/dev/disk/by-id/ata-${serial}`, size_bytes: sizeGiB * GIB, blank: true });
const six = Object.fromEntries(['A', 'B', 'C', 'D', 'E', 'F'].map((serial) => [serial, blank(serial)]));

/** Asks the role's own filter for a plan from the single disk A. */
function plan({ layout, serials, vdevs = [{ type: 'disk', serials: ['A'] }], health = 'ONLINE', usedBytes = 100 * GIB, disks = six }: Request): Plan {
  const script = 'import json, sys; from zfs_setup_expand import zfs_setup_expand_plan as plan; print(json.dumps(plan(*json.load(sys.stdin))))';
  const input = JSON.stringify([disks, 'tank', health, vdevs, layout, serials, usedBytes]);
  const run = spawnSync('python3', ['-B', '-c', script], { cwd: FOLDER, input, encoding: 'utf8' });
  if (run.status !== 0) throw new Error(run.stderr);
  return JSON.parse(run.stdout) as Plan;
}

describe('the plan for more disks', () => {
  test('completes a single disk to a mirror, then adds pairs', () => {
    const { problems, steps } = plan({ layout: 'mirror', serials: ['B', 'C', 'D', 'E', 'F'] });
    expect(problems).toEqual([]);
    expect(steps).toEqual([
      'zpool attach tank /dev/disk/by-id/ata-A /dev/disk/by-id/ata-B',
      'zpool wait -t resilver tank',
      'zpool add tank mirror /dev/disk/by-id/ata-C /dev/disk/by-id/ata-D',
      'zpool add tank mirror /dev/disk/by-id/ata-E /dev/disk/by-id/ata-F',
    ]);
  });

  test('never puts RAIDZ beside a single disk, but builds a second pool and swaps the names', () => {
    const { problems, steps } = plan({ layout: 'raidz2', serials: ['B', 'C', 'D', 'E', 'F'] });
    expect(problems).toEqual([]);
    expect(steps[0]).toMatch(/^zpool create .* tank2 raidz2 /);
    expect(steps.join('\n')).not.toMatch(/zpool add|zpool destroy|zfs destroy|labelclear|wipefs/);
    expect(steps.join('\n')).toContain('zpool import -N -d /dev/disk/by-id tank2 tank');
  });

  test('expands a RAIDZ vdev one disk at a time', () => {
    const vdevs = [{ type: 'raidz2', serials: ['B', 'C', 'D', 'E', 'F'] }];
    const { steps } = plan({ layout: 'raidz2', serials: ['A'], vdevs });
    expect(steps).toEqual(['zpool attach tank raidz2-0 /dev/disk/by-id/ata-A', 'zpool wait -t raidz_expand tank', 'zpool wait -t scrub tank']);
  });

  test.each<[string, Request, string]>([
    ['a disk left without its pair', { layout: 'mirror', serials: ['B', 'C'] }, 'would be left over'],
    ['too few disks for RAIDZ', { layout: 'raidz2', serials: ['B', 'C', 'D'] }, 'needs at least 4 new disks, got 3'],
    ['more disks than ports', { layout: 'mirror', serials: ['B', 'C', 'D', 'E', 'F', 'G'], disks: { ...six, G: blank('G') } }, '7 disks in all'],
    ['a disk that is not there', { layout: 'mirror', serials: ['Z'] }, 'must be there exactly once, found 0'],
    ['a disk that holds something', { layout: 'mirror', serials: ['B'], disks: { ...six, B: { ...blank('B'), blank: false } } }, 'is not blank'],
    ['a disk that is too small', { layout: 'mirror', serials: ['B'], disks: { ...six, B: blank('B', 500) } }, 'fewer than the smallest member'],
    ['a disk that is in the pool already', { layout: 'mirror', serials: ['A'] }, 'already in the pool'],
    ['a pool that is not healthy', { layout: 'mirror', serials: ['B'], health: 'DEGRADED' }, 'must be ONLINE, is DEGRADED'],
    ['mirrors beside RAIDZ', { layout: 'mirror', serials: ['D'], vdevs: [{ type: 'raidz1', serials: ['A', 'B', 'C'] }] }, 'beside a raidz vdev'],
    ['more data than the new pool takes', { layout: 'raidz1', serials: ['B', 'C', 'D'], usedBytes: 1900 * GIB }, 'too little for'],
    ['no new disk', { layout: 'mirror', serials: [] }, 'no new disk is named'],
  ])('fails with words and without steps for %s', (_, request, words) => {
    const { problems, steps } = plan(request);
    expect(problems.join('; ')).toContain(words);
    expect(steps).toEqual([]);
  });
});
