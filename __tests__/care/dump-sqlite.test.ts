import { spawn, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { DumpLab } from './dump-lab';

jest.setTimeout(60_000);
let lab: DumpLab;
let database: string;
beforeEach(() => {
  lab = new DumpLab('sqlite', {}, ['notes.service']);
  database = join(lab.volume, 'notes.db');
  lab.configure({ options: { databases: [database] } });
  sql(database, "pragma journal_mode = wal; create table notes (body text); insert into notes values ('first'), ('second'); create table tags (name text);");
});
afterEach(() => lab.remove());

/** Real SQLite, as Python brings it. */
function sql(path: string, statements: string): string {
  const script = 'import sqlite3, sys, json\nd = sqlite3.connect(sys.argv[1])\nrows = []\nfor s in sys.argv[2].split(";"):\n  rows = d.execute(s).fetchall()\nd.commit()\nprint(json.dumps(rows))';
  const { status, stdout, stderr } = spawnSync('python3', ['-c', script, path, statements.replace(/;\s*$/, '')], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return stdout.trim();
}

const bodies = (): string => sql(database, 'select body from notes');
const units = (): string[] => lab.calls().filter((call) => call.startsWith('systemctl'));

test('a dump is a whole database with a manifest of sizes, digests and rows', () => {
  const name = lab.dumped();
  const { items, files } = lab.manifest(name);
  expect(items).toEqual({ 'notes.db': { path: database, mode: 0o644, of: 'rows', counts: { notes: 2, tags: 0 } } });
  expect(files).toEqual([{ name: 'notes.db', bytes: statSync(join(lab.dumps, name, 'notes.db')).size, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }]);
  expect(sql(join(lab.dumps, name, 'notes.db'), 'select body from notes')).toBe('[["first"], ["second"]]');
  expect(statSync(join(lab.dumps, name)).mode & 0o777).toBe(0o700);
});

test('a service that writes meanwhile is dumped as it was at one moment', async () => {
  const writer = spawn('python3', ['-c', 'import sqlite3, sys\nd = sqlite3.connect(sys.argv[1], isolation_level=None)\nwhile True:\n  d.execute("begin"); d.execute("insert into notes values (\'pair\')"); d.execute("insert into tags values (\'pair\')"); d.execute("commit")\n', database]);
  try {
    while (sql(database, 'select count(*) from tags') === '[[0]]');
    for (let round = 0; round < 3; round++) expect(lab.say('dump')).toMatchObject({ code: 0 });
  } finally {
    writer.kill('SIGKILL');
    await new Promise((resolve) => writer.once('exit', resolve));
  }
  const { notes, tags } = lab.manifest(lab.made().at(-1)!).items['notes.db']!.counts as { notes: number; tags: number };
  expect(notes - tags).toBe(2);
});

test('data, dump, more data, loss, restore: content is that of the dump, and what was lost is kept', () => {
  const name = lab.dumped();
  lab.calls();
  sql(database, "insert into notes values ('third'); delete from notes where body = 'first'");
  expect(lab.say('restore', name)).toMatchObject({ code: 0, stdout: expect.stringMatching(/notes\.db: .*notes\.db of \d+ bytes -> 2 rows of .*; what is there now is kept as .*\n.*say --yes/) });
  expect(bodies()).toBe('[["second"], ["third"]]');
  expect(units()).toEqual([]);

  expect(lab.say('restore', 'latest', '--yes')).toMatchObject({ code: 0, stdout: expect.stringContaining('notes.db: back, and compared with the manifest') });
  expect(units()).toEqual(['systemctl stop notes.service', 'systemctl start notes.service']);
  expect(bodies()).toBe('[["first"], ["second"]]');
  const kept = lab.say('kept').stdout.trim().split('\n').find((path) => /before-\d{8}t\d{12}$/.test(path))!;
  expect(sql(kept, 'select body from notes')).toBe('[["second"], ["third"]]');
});

test('what was set aside is removed only by its name', () => {
  lab.dumped();
  lab.say('restore', 'latest', '--yes');
  const [kept] = lab.say('kept').stdout.trim().split('\n');
  expect(lab.say('drop-kept', database)).toMatchObject({ code: 1, stderr: expect.stringContaining('nothing was removed') });
  expect(lab.say('drop-kept', kept!)).toMatchObject({ code: 0 });
  expect(bodies()).toBe('[["first"], ["second"]]');
  expect(lab.say('kept').stdout.split('\n')).not.toContain(kept);
});

test('a database that is gone altogether comes back', () => {
  const name = lab.dumped();
  spawnSync('sh', ['-c', `rm ${database}*`]);
  expect(lab.say('restore', name, '--yes')).toMatchObject({ code: 0 });
  expect(bodies()).toBe('[["first"], ["second"]]');
});

test.each(['stop', 'start'])('a restore that ended at %s can be run again', (verb) => {
  const name = lab.dumped();
  sql(database, "insert into notes values ('third')");
  lab.standIn('systemctl', `[ "$1" != ${verb} ] || exit 1`);
  expect(lab.say('restore', name, '--yes')).toMatchObject({ code: 1, stderr: expect.stringContaining(`systemctl ${verb} notes.service`) });
  lab.standIn('systemctl');
  expect(lab.say('restore', name, '--yes')).toMatchObject({ code: 0 });
  expect(bodies()).toBe('[["first"], ["second"]]');
});

test('a dump that was changed is not restored, and nothing is stopped for it', () => {
  const name = lab.dumped();
  lab.calls();
  sql(join(lab.dumps, name, 'notes.db'), "insert into notes values ('forged')");
  expect(lab.say('restore', name, '--yes')).toMatchObject({ code: 1, stderr: expect.stringContaining('is not what was dumped; nothing was changed') });
  expect(units()).toEqual([]);
});

test('a dump of another tool, a part it does not hold and a name that is none are refused by what there is', () => {
  const name = lab.dumped();
  expect(lab.say('restore', name, 'photos.db', '--yes')).toMatchObject({ code: 1, stderr: expect.stringContaining('holds no photos.db; it holds notes.db') });
  expect(lab.say('restore', 'yesterday', '--yes')).toMatchObject({ code: 1, stderr: expect.stringContaining(`there are: ${name}`) });
  writeFileSync(join(lab.dumps, name, 'manifest.json'), JSON.stringify({ ...lab.manifest(name), tool: 'postgresql' }));
  expect(lab.say('restore', name, '--yes')).toMatchObject({ code: 1, stderr: expect.stringContaining('was made by postgresql, this guest dumps by sqlite') });
});

test('what a killed dump left is no dump, cannot be restored, and is gone with the next', () => {
  mkdirSync(join(lab.dumps, '2026-01-01T00-00-00Z.partial'), { recursive: true });
  copyFileSync(database, join(lab.dumps, '2026-01-01T00-00-00Z.partial/notes.db'));
  expect(lab.say('restore', '2026-01-01T00-00-00Z.partial', '--yes')).toMatchObject({ code: 1, stderr: expect.stringContaining('holds no whole dump') });
  lab.dumped();
  expect(lab.made().filter((name) => name.endsWith('.partial'))).toEqual([]);
});

test('old dumps go only after a new one is whole', () => {
  for (const day of ['01', '02', '03']) {
    mkdirSync(join(lab.dumps, `2026-01-${day}T00-00-00Z`), { recursive: true });
    writeFileSync(join(lab.dumps, `2026-01-${day}T00-00-00Z/manifest.json`), '{}');
  }
  const good = readFileSync(database);
  writeFileSync(database, 'no database at all, but as long as one may be'.repeat(200));
  lab.configure({ options: { databases: [database] }, keep: 1 });
  expect(lab.say('dump')).toMatchObject({ code: 1, stderr: expect.stringMatching(/not a database|malformed/) });
  expect(lab.made().filter((name) => !name.endsWith('.partial'))).toHaveLength(3);
  spawnSync('sh', ['-c', `rm ${database}*`]);
  writeFileSync(database, good);
  lab.configure({ options: { databases: [database] }, keep: 2 });
  expect(lab.say('dump')).toMatchObject({ code: 0 });
  expect(lab.made()).toEqual(['2026-01-03T00-00-00Z', expect.stringMatching(/^2\d{3}-/)]);
});

test('a database that is not there fails, and leaves nothing under the name of a dump', () => {
  spawnSync('sh', ['-c', `rm ${database}*`]);
  expect(lab.say('dump')).toMatchObject({ code: 1, stderr: expect.stringContaining('notes.db is not there') });
  expect(lab.made().filter((name) => !name.endsWith('.partial'))).toEqual([]);
});

test('the guest dumps by itself only when the host made no dump', () => {
  const name = lab.dumped();
  expect(lab.say('dump', '--unless-younger-hours', '20')).toMatchObject({ code: 0, stdout: expect.stringContaining('nothing was done') });
  const longAgo = new Date(Date.now() - 21 * 3_600_000);
  utimesSync(join(lab.dumps, name, 'manifest.json'), longAgo, longAgo);
  expect(lab.say('dump', '--unless-younger-hours', '20')).toMatchObject({ code: 0, stdout: expect.stringContaining('dumped notes.db') });
  expect(readdirSync(lab.dumps).filter((entry) => entry.endsWith('Z'))).toHaveLength(2);
});
