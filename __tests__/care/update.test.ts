import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { ROOT, type Run } from '../scripts/script-lab';
import { RestoreLab } from './restore-lab';
import { sql } from './sql';

jest.setTimeout(300_000);
const FILES = join(ROOT, 'ansible/roles/pve_backup/files');
let lab: RestoreLab;
afterEach(() => lab?.remove());

function begun(): void {
  lab = new RestoreLab({
    server: { vmid: 103, tool: 'sqlite', sqlite: 'shop.db' },
    shop: { vmid: 140, rows: { service: 'server', database: 'shop.db' }, needs: ['server'] },
  });
  lab.standIn('pve-backup-moment', `exec python3 ${FILES}/pve-backup-moment "$@"`);
  lab.standIn('pve-restore', `exec python3 ${FILES}/pve-restore "$@"`);
  mkdirSync(lab.path('state'), { recursive: true });
  sql(lab.volume('server', 'shop.db'), 'create table orders as select 1 as number');
  lab.write('shop', 'invoice', 'paid');
  writeFileSync(root('program'), 'version 1');
}

const update = (...words: string[]): Run => lab.run(join(FILES, 'pve-update'), words, { interpreter: 'python3', env: lab.environment });
const root = (file: string): string => lab.path('root/tank/subvol-140-disk-0', file);

/** What the new version does to program, files and rows. */
function play(): void {
  writeFileSync(root('program'), 'version 2');
  lab.write('shop', 'invoice', 'migrated');
  sql(lab.volume('server', 'shop.db'), 'insert into orders values (2)');
}

/** What stands in program, files and rows. */
const content = (): string[] => [readFileSync(root('program'), 'utf8'), lab.read('shop', 'invoice')!, sql(lab.volume('server', 'shop.db'), 'select * from orders')];
const BEFORE = ['version 1', 'paid', '1'];

describe('an update', () => {
  beforeEach(begun);

  test('goes back with root disk, volumes and rows of another service, all of one moment; what it made of them is kept', () => {
    // Its moment is its own second: the one before is another.
    lab.moment('20260101T020000Z');
    expect(update('begin', 'shop')).toMatchObject({ code: 0, stdout: expect.stringMatching(/dumps server in guest 103\nkeeps tank\/subvol-140-disk-0, tank\/data\/shop\/data as of one moment/) });
    play();
    expect(update('undo', 'shop')).toMatchObject({ code: 0, stdout: expect.stringMatching(/shop is back as of moment-\d+T\d+Z, root disk, volumes and rows/) });
    expect([content(), lab.status(140)]).toEqual([BEFORE, 'running']);
    const kept = lab.restore('kept').stdout.trim().split('\n').map((line) => line.split('  ')[0]!);
    expect(kept).toEqual([expect.stringMatching(/^tank\/data\/shop\/data\.before-/), expect.stringMatching(/^tank\/subvol-140-disk-0\.before-/)]);
    expect(readFileSync(lab.path('root', kept[1]!, 'program'), 'utf8')).toBe('version 2');
    expect(update('list').stdout).toBe('no update was begun\n');
  });

  test('that went well is ended, and can no longer be undone in one word', () => {
    expect(update('begin', 'shop').code).toBe(0);
    play();
    expect(update('done', 'shop')).toMatchObject({ code: 0, stderr: '' });
    expect(update('undo', 'shop')).toMatchObject({ code: 1, stderr: expect.stringContaining('pve-restore run shop --from TIME') });
    expect(content()).toEqual(['version 2', 'migrated', '1 2']);
  });

  test('that is begun again keeps the moment of the first time: half an update is no way back', () => {
    update('begin', 'shop');
    play();
    expect(update('begin', 'shop')).toMatchObject({ code: 0, stdout: expect.stringMatching(/was begun at moment-.* and did not end; that moment stays the way back/) });
    expect(update('undo', 'shop').code).toBe(0);
    expect(content()).toEqual(BEFORE);
  });

  test('does not begin when a dump fails: no moment is taken, and none is named', () => {
    rmSync(lab.volume('server', 'shop.db'));
    expect(update('begin', 'shop')).toMatchObject({ code: 1, stderr: expect.stringMatching(/no snapshot was taken[^]*shop could not be dumped and kept, so it is not updated; nothing was changed/) });
    expect(lab.calls().filter((call) => call.startsWith('zfs snapshot'))).toEqual([]);
    expect(update('list').stdout).toBe('no update was begun\n');
  });

  test('plan changes nothing', () => {
    expect(update('plan', 'shop').code).toBe(0);
    expect(lab.calls().filter((call) => !/^(zfs (list|get)|pct config)/.test(call))).toEqual([]);
  });

  test('of a service that the house has not is refused', () => {
    expect(update('begin', 'shed')).toMatchObject({ code: 1, stderr: expect.stringContaining("no service 'shed'") });
  });
});

test('killed before any step of its beginning or of its way back it loses nothing, and the same again ends it', () => {
  begun();
  for (const verb of ['begin', 'undo'] as const) {
    for (let call = 1; ; call++) {
      lab.remove();
      begun();
      if (verb === 'undo') {
        update('begin', 'shop');
        play();
      }
      lab.dieBefore(call);
      const killed = update(verb, 'shop').code !== 0;
      rmSync(lab.path('die-before'));
      if (verb === 'begin') expect(content()).toEqual(BEFORE);
      expect(update(...(killed ? [verb, 'shop'] : ['list']))).toMatchObject({ code: 0, stderr: '' });
      if (verb === 'undo') {
        expect(content()).toEqual(BEFORE);
        expect(spawnSync('grep', ['-rlE', 'version 2|migrated', lab.path('root')], { encoding: 'utf8' }).stdout.trim().split('\n')).toHaveLength(2);
      }
      if (!killed) {
        expect(call).toBeGreaterThan(verb === 'begin' ? 2 : 12);
        break;
      }
    }
  }
}, 900_000);

describe('moments', () => {
  const moment = (...words: string[]): Run => lab.run(join(FILES, 'pve-backup-moment'), ['--dataset', 'tank/data', ...words], { interpreter: 'python3' });
  const names = (): string[] => readdirSync(lab.path('root/tank/data/.zfs/snapshot')).sort();

  test('are kept by days: several of one day push no night out', () => {
    begun();
    for (const time of ['20260101T020000Z', '20260102T020000Z', '20260102T110000Z', '20260102T120000Z', '20260103T020000Z']) expect(moment('--name', `moment-${time}`).code).toBe(0);
    expect(moment('--name', 'moment-20260104T020000Z', '--keep', '3').code).toBe(0);
    expect(names()).toEqual(['20260102T020000Z', '20260102T110000Z', '20260102T120000Z', '20260103T020000Z', '20260104T020000Z'].map((time) => `moment-${time}`));
  });

  test.each([[['--name', 'yesterday'], 'moment-YYYYMMDDTHHMMSSZ'], [['--keep', '0'], 'at least 1'], [['--dump', '103'], 'VMID:UNIT.service']])('%j is wrong usage', (words, said) => {
    begun();
    expect(moment(...words)).toMatchObject({ code: 2, stderr: expect.stringContaining(said) });
  });
});
