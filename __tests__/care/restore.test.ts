import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { RestoreLab } from './restore-lab';
import { sql } from './sql';

jest.setTimeout(300_000);
let lab: RestoreLab;
afterEach(() => lab?.remove());

describe('a service of files', () => {
  beforeEach(() => {
    lab = new RestoreLab({ archive: { vmid: 130 }, other: { vmid: 131 } });
    lab.write('archive', 'papers/one', 'first');
    lab.write('other', 'file', 'mine');
    lab.moment('20260101T020000Z');
    lab.write('archive', 'papers/two', 'second');
    lab.moment('20260102T020000Z');
    rmSync(lab.volume('archive', 'papers'), { recursive: true });
    lab.write('archive', 'later', 'after the loss');
    lab.calls();
  });

  test('the plan says what is replaced by what and who is stopped, and changes nothing', () => {
    const { code, stdout } = lab.restore('plan', 'archive');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^stops guest 130 \(archive\) meanwhile\nreplaces tank\/data\/archive\/data .*by moment-20260102T020000Z; what is there now is kept as tank\/data\/archive\/data\.before-\d{14}\n$/);
    expect(lab.calls().filter((call) => !/^zfs (list|get)/.test(call))).toEqual([]);
    expect(lab.read('archive', 'later')).toBe('after the loss');
  });

  test('comes back as it was, and what was there is kept until it is dropped by name', () => {
    expect(lab.restore('run', 'archive')).toMatchObject({ code: 0, stderr: '' });
    expect([lab.read('archive', 'papers/one'), lab.read('archive', 'papers/two'), lab.read('archive', 'later')]).toEqual(['first', 'second', undefined]);
    expect([lab.read('other', 'file'), lab.status(130)]).toEqual(['mine', 'running']);
    const kept = lab.restore('kept').stdout.split(' ')[0]!;
    expect(readFileSync(lab.path('root', kept, 'later'), 'utf8')).toBe('after the loss');
    expect(lab.restore('drop-kept', 'tank/data/archive/data')).toMatchObject({ code: 1, stderr: expect.stringContaining('nothing was destroyed') });
    expect(lab.restore('drop-kept', kept)).toMatchObject({ code: 0 });
    expect(lab.read('archive', 'papers/one')).toBe('first');
  });

  test('an older moment by day; the newer ones are still there afterwards', () => {
    expect(lab.restore('run', 'archive', '--from', '2026-01-01')).toMatchObject({ code: 0 });
    expect([lab.read('archive', 'papers/one'), lab.read('archive', 'papers/two')]).toEqual(['first', undefined]);
    expect(lab.restore('run', 'archive', '--from', '2026-01-01T02:00')).toMatchObject({ code: 0 });
    expect(lab.restore('kept').stdout.trim().split('\n')).toHaveLength(2);
  });

  test('one file comes back beside the live ones, without a guest stopped', () => {
    lab.write('archive', 'papers/two', 'spoilt');
    expect(lab.restore('run', 'archive', '--file', '/var/lib/archive/papers/two')).toMatchObject({ code: 0 });
    expect([lab.read('archive', 'papers/two'), lab.read('archive', 'papers/one'), lab.read('archive', 'later')]).toEqual(['second', undefined, 'after the loss']);
    const kept = readdirSync(lab.volume('archive', 'papers')).find((name) => name.startsWith('two.before-'))!;
    expect(lab.read('archive', `papers/${kept}`)).toBe('spoilt');
    expect(lab.calls().filter((call) => /^pct (shutdown|start)/.test(call))).toEqual([]);
  });

  test.each([
    [['shed'], "no service 'shed' that keeps data; there are archive, other"],
    [['archive', '--volume', 'photos'], "has no volume 'photos'; it has data"],
    [['archive', '--database', 'rows'], "dumps no database 'rows'"],
    [['archive', '--file', '/etc/passwd'], 'lies in no volume of archive'],
    [['archive', '--file', '/var/lib/archive/../../../etc/passwd'], 'lies in no volume of archive'],
    [['archive', '--from', '2025-12-31'], 'no moment is as old as 2025-12-31; the oldest is moment-20260101T020000Z'],
    [['archive', '--from', 'yesterday'], "got 'yesterday'"],
  ])('refuses %j, and stops nobody', (words, said) => {
    expect(lab.restore('run', ...words)).toMatchObject({ code: 1, stderr: expect.stringContaining(said) });
    expect(lab.calls().filter((call) => /^pct (shutdown|start)|^zfs (clone|rename|destroy)/.test(call))).toEqual([]);
  });

  test('killed before any of its steps it loses nothing, and the same command ends it', () => {
    for (let call = 1; ; call++) {
      lab.remove();
      lab = new RestoreLab({ archive: { vmid: 130 }, other: { vmid: 131, running: false } });
      lab.write('archive', 'one', 'first');
      lab.moment('20260101T020000Z');
      lab.write('archive', 'one', 'precious');
      lab.dieBefore(call);
      const killed = lab.restore('run', 'archive').code !== 0;
      rmSync(lab.path('die-before'));
      const anywhere = spawnSync('grep', ['-rl', 'precious', lab.path('root')], { encoding: 'utf8' }).stdout.trim().split('\n');
      expect(anywhere).toHaveLength(1);
      expect(lab.restore('run', 'archive')).toMatchObject({ code: 0, stderr: '' });
      expect([lab.read('archive', 'one'), lab.status(130), lab.status(131)]).toEqual(['first', 'running', 'stopped']);
      expect(spawnSync('grep', ['-rl', 'precious', lab.path('root')], { encoding: 'utf8' }).stdout).toContain('data.before-');
      if (!killed) {
        expect(call).toBeGreaterThan(10);
        break;
      }
    }
  });

  test('another restore of the same service waits until the one that was killed has ended', () => {
    lab.dieBefore(8);
    lab.restore('run', 'archive');
    rmSync(lab.path('die-before'));
    expect(lab.restore('run', 'archive', '--from', '2026-01-01')).toMatchObject({ code: 1, stderr: expect.stringContaining('pve-restore run archive --from latest. Let that end first') });
  });
});

test('a service with a dump of its own: its files of the moment, then its database, compared with the manifest', () => {
  lab = new RestoreLab({ notes: { vmid: 120, tool: 'sqlite', sqlite: 'notes.db' } });
  const database = lab.volume('notes', 'notes.db');
  sql(database, 'create table notes as select 1 as number');
  lab.write('notes', 'picture', 'drawn');
  lab.moment('20260101T020000Z');
  sql(database, 'insert into notes values (2)');
  rmSync(lab.volume('notes', 'picture'));
  lab.calls();
  expect(lab.restore('run', 'notes')).toMatchObject({ code: 0, stdout: expect.stringContaining('notes.db: back, and compared with the manifest') });
  expect([sql(database, 'select * from notes'), lab.read('notes', 'picture')]).toEqual(['1', 'drawn']);
  const guest = lab.calls().filter((call) => /^(pct (shutdown|start|exec)|systemctl)/.test(call)).map((call) => call.replace(/restore \S+/, 'restore DUMP'));
  expect(guest).toEqual(['pct shutdown 120 --timeout 180', 'pct start 120', 'pct exec 120 -- systemctl is-system-running --wait', 'pct exec 120 -- service-dump restore DUMP --yes', 'systemctl stop notes.service', 'systemctl start notes.service']);
});

test('rows that lie in another service come back with its files, of one moment; its other users go on', () => {
  // The server is SQLite here, so that its rows are real; PostgreSQL itself is in the test of its guest.
  lab = new RestoreLab({
    server: { vmid: 103, tool: 'sqlite', sqlite: 'shop.db' },
    shop: { vmid: 140, rows: { service: 'server', database: 'shop.db' }, needs: ['server'] },
    blog: { vmid: 141, rows: { service: 'server', database: 'blog.db' }, needs: ['server'] },
  });
  const rows = lab.volume('server', 'shop.db');
  sql(rows, 'create table orders as select 1 as number');
  lab.write('shop', 'invoice-1', 'paid');
  lab.moment('20260101T020000Z');
  sql(rows, 'insert into orders values (2)');
  lab.write('shop', 'invoice-2', 'open');
  // The dump of that night has been dropped from the guest since: the one in the snapshot comes back.
  rmSync(lab.volume('server', 'dumps'), { recursive: true });
  writeFileSync(join(lab.volume('server'), 'untouched'), 'yes');
  lab.write('server', 'dumps/.lock', '');
  lab.calls();
  expect(lab.restore('run', 'shop')).toMatchObject({ code: 0, stderr: '' });
  expect([sql(rows, 'select * from orders'), lab.read('shop', 'invoice-1'), lab.read('shop', 'invoice-2'), lab.read('server', 'untouched')]).toEqual(['1', 'paid', undefined, 'yes']);
  const calls = lab.calls();
  expect(calls.filter((call) => /^pct (shutdown|start)/.test(call))).toEqual(['pct shutdown 140 --timeout 180', 'pct start 140']);
});
