import { spawn, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { ROOT, ScriptLab, type Run } from '../scripts/script-lab';

const PROGRAM = join(ROOT, 'ansible/roles/sqlite_dump/files/sqlite-dump');

jest.setTimeout(60_000);
let lab: ScriptLab;
let database: string;
let dumps: string;
beforeEach(() => {
  lab = new ScriptLab();
  lab.standIn('systemctl');
  mkdirSync(lab.path('volume'));
  database = lab.path('volume/notes.db');
  dumps = lab.path('volume/dumps');
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

const dump = (keep = 3): Run => lab.run(PROGRAM, ['dump', '--dir', dumps, '--keep', String(keep), database], { interpreter: 'python3' });
const restore = (name: string, ...more: string[]): Run => lab.run(PROGRAM, ['restore', join(dumps, name), '--unit', 'notes.service', ...more], { interpreter: 'python3' });
const made = (): string[] => (existsSync(dumps) ? readdirSync(dumps).sort() : []);

/** Makes one dump and gives its name. */
function dumped(): string {
  const run = dump();
  if (run.code !== 0) throw new Error(run.stderr);
  return made().at(-1)!;
}

test('a dump is a whole database with a manifest of sizes, digests and rows', () => {
  const name = dumped();
  const manifest = JSON.parse(readFileSync(join(dumps, name, 'manifest.json'), 'utf8'));
  expect(manifest.databases).toEqual([
    { path: database, bytes: statSync(join(dumps, name, 'notes.db')).size, sha256: expect.stringMatching(/^[0-9a-f]{64}$/), mode: 0o644, rows: { notes: 2, tags: 0 } },
  ]);
  expect(sql(join(dumps, name, 'notes.db'), 'select body from notes')).toBe('[["first"], ["second"]]');
  expect(statSync(join(dumps, name)).mode & 0o777).toBe(0o700);
});

test('a service that writes meanwhile is dumped as it was at one moment', async () => {
  const writer = spawn('python3', ['-c', 'import sqlite3, sys\nd = sqlite3.connect(sys.argv[1], isolation_level=None)\nwhile True:\n  d.execute("begin"); d.execute("insert into notes values (\'pair\')"); d.execute("insert into tags values (\'pair\')"); d.execute("commit")\n', database]);
  try {
    while (sql(database, 'select count(*) from tags') === '[[0]]');
    for (let round = 0; round < 3; round++) expect(dump()).toMatchObject({ code: 0 });
  } finally {
    writer.kill('SIGKILL');
    await new Promise((resolve) => writer.once('exit', resolve));
  }
  const manifest = JSON.parse(readFileSync(join(dumps, made().at(-1)!, 'manifest.json'), 'utf8'));
  const { notes, tags } = manifest.databases[0].rows;
  expect(notes - tags).toBe(2);
});

test('data, dump, more data, loss, restore: content is that of the dump, and what was lost is kept', () => {
  const name = dumped();
  sql(database, "insert into notes values ('third'); delete from notes where body = 'first'");
  const plan = restore(name);
  expect(plan).toMatchObject({ code: 0, stdout: expect.stringMatching(/notes\.db: replaced by .* \(2 rows\); what is there now is kept as .*\n.*say --yes/) });
  expect(sql(database, 'select body from notes')).toBe('[["second"], ["third"]]');
  expect(lab.calls()).toEqual([]);

  expect(restore(name, '--yes')).toMatchObject({ code: 0, stdout: expect.stringContaining('rows are those of the dump') });
  expect(lab.calls()).toEqual(['systemctl stop notes.service', 'systemctl start notes.service']);
  expect(sql(database, 'select body from notes')).toBe('[["first"], ["second"]]');
  const kept = readdirSync(lab.path('volume')).find((file) => /^notes\.db\.before-[^-]+-\d\d-\d\dT[\d-]+Z$/.test(file))!;
  expect(sql(lab.path('volume', kept), 'select body from notes')).toBe('[["second"], ["third"]]');
});

test('a database that is gone altogether comes back', () => {
  const name = dumped();
  spawnSync('sh', ['-c', `rm ${database}*`]);
  expect(restore(name, '--yes')).toMatchObject({ code: 0 });
  expect(sql(database, 'select body from notes')).toBe('[["first"], ["second"]]');
});

test.each(['stop', 'start'])('a restore that ended at %s can be run again', (verb) => {
  const name = dumped();
  sql(database, "insert into notes values ('third')");
  lab.standIn('systemctl', `[ "$1" != ${verb} ] || exit 1`);
  expect(restore(name, '--yes')).toMatchObject({ code: 1, stderr: expect.stringContaining(`systemctl ${verb} notes.service`) });
  lab.standIn('systemctl');
  expect(restore(name, '--yes')).toMatchObject({ code: 0 });
  expect(sql(database, 'select body from notes')).toBe('[["first"], ["second"]]');
});

test('a dump that was changed is not restored, and nothing is stopped for it', () => {
  const name = dumped();
  sql(join(dumps, name, 'notes.db'), "insert into notes values ('forged')");
  expect(restore(name, '--yes')).toMatchObject({ code: 1, stderr: expect.stringContaining('is not what was dumped; nothing was changed') });
  expect(lab.calls()).toEqual([]);
});

test('what a killed dump left is no dump, cannot be restored, and is gone with the next', () => {
  mkdirSync(join(dumps, '2026-01-01T00-00-00Z.partial'), { recursive: true });
  copyFileSync(database, join(dumps, '2026-01-01T00-00-00Z.partial/notes.db'));
  expect(restore('2026-01-01T00-00-00Z.partial', '--yes')).toMatchObject({ code: 1, stderr: expect.stringContaining('is no whole dump') });
  dumped();
  expect(made().filter((name) => name.endsWith('.partial'))).toEqual([]);
});

test('old dumps go only after a new one is whole', () => {
  for (const day of ['01', '02', '03']) {
    mkdirSync(join(dumps, `2026-01-${day}T00-00-00Z`), { recursive: true });
    writeFileSync(join(dumps, `2026-01-${day}T00-00-00Z/manifest.json`), '{}');
  }
  const good = readFileSync(database);
  writeFileSync(database, 'no database at all, but as long as one may be'.repeat(200));
  expect(dump(1)).toMatchObject({ code: 1, stderr: expect.stringMatching(/not a database|malformed/) });
  expect(made().filter((name) => !name.endsWith('.partial'))).toHaveLength(3);
  spawnSync('sh', ['-c', `rm ${database}*`]);
  writeFileSync(database, good);
  expect(dump(2)).toMatchObject({ code: 0 });
  expect(made()).toEqual(['2026-01-03T00-00-00Z', expect.stringMatching(/^2\d{3}-/)]);
});

test('a database that is not there fails, and leaves nothing under the name of a dump', () => {
  spawnSync('sh', ['-c', `rm ${database}*`]);
  expect(dump()).toMatchObject({ code: 1, stderr: expect.stringContaining('notes.db is not there') });
  expect(made().filter((name) => !name.endsWith('.partial'))).toEqual([]);
});
