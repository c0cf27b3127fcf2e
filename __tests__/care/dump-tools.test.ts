import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { homelab } from '../../homelab';
import { optionsOf } from '../helpers/argument-spec';
import { ROOT } from '../scripts/script-lab';
import { DumpLab } from './dump-lab';

jest.setTimeout(60_000);
let lab: DumpLab;
afterEach(() => lab?.remove());

test('every tool that a service may name is a file of the role, and the other way round', () => {
  const files = readdirSync(join(ROOT, 'ansible/roles/service_dump/files/tools')).filter((name) => name.endsWith('.py') && name !== 'common.py');
  expect(optionsOf('service_dump')['service_dump_tool']).toMatchObject({ choices: files.map((name) => name.slice(0, -3)).sort() });
  const named = homelab.services.flatMap(({ saves }) => (saves?.kind === 'dumped' ? [saves.by.tool] : []));
  expect([...new Set(named)].sort()).toEqual(files.map((name) => name.slice(0, -3)).sort());
});

/** Writes files below the volume. */
function put(files: Readonly<Record<string, string>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(lab.volume, path, '..'), { recursive: true });
    writeFileSync(join(lab.volume, path), content);
  }
}
const read = (path: string): string => readFileSync(join(lab.volume, path), 'utf8');
const restore = (...words: string[]): void => expect(lab.say('restore', 'latest', ...words, '--yes')).toMatchObject({ code: 0, stderr: '' });

describe('mongodb, against a stand-in for its tools whose databases are folders', () => {
  beforeEach(() => {
    lab = new DumpLab('mongodb', { port: 27017, admin_user: 'admin', password: 'p"4$s', runtime: '/nowhere' });
    lab.configure({ options: { port: 27017, admin_user: 'admin', password: 'p"4$s', runtime: lab.path() } });
    lab.standIn('mongod', 'echo "db version v7.0.37"');
    const known = '[ "$MONGODB_USER:$MONGODB_PASSWORD" = "admin:p\\"4\\$s" ] || exit 1';
    lab.standIn(
      'mongosh',
      `${known}\ncase "$*" in
*dropDatabase*) rm -rf "$LAB/databases/$MONGODB_DATABASE" ;;
*) cd "$LAB/databases"; python3 -c 'import json, pathlib; print(json.dumps({d.name: {c.name: len(c.read_text().splitlines()) for c in sorted(d.iterdir())} for d in sorted(pathlib.Path().iterdir())}))' ;;
esac`,
    );
    lab.standIn('mongodump', '[ "$1" != --version ] || { echo "mongodump version: 100.13.0"; exit; }\n[[ "$1" == --config=* ]] && grep -qF \'password: "p\\"4$s"\' "${1#--config=}" || exit 1\ncd "$LAB/databases"; only=.; for word; do case $word in --db=*) only=./${word#--db=} ;; esac; done; tar -cz "$only"');
    lab.standIn('mongorestore', 'for word; do case $word in --nsInclude=*) name=${word#--nsInclude=} ;; esac; done; cd "$LAB/databases"; tar -xz --wildcards "./${name%.\\*}*"');
    write('shop', 'orders', 'one\ntwo\n');
    write('blog', 'posts', 'hello\n');
  });
  const at = (database: string, collection: string): string => lab.path('databases', database, collection);
  function write(database: string, collection: string, rows: string): void {
    mkdirSync(lab.path('databases', database), { recursive: true });
    writeFileSync(at(database, collection), rows);
  }

  test('data, dump, more data, loss, restore of one database: documents compared, what was there is kept, the other untouched', () => {
    const { items, versions } = lab.manifest(lab.dumped());
    expect(items).toEqual({ blog: { of: 'documents', counts: { posts: 1 } }, shop: { of: 'documents', counts: { orders: 2 } } });
    expect(versions).toEqual({ mongod: 'db version v7.0.37', mongodump: 'mongodump version: 100.13.0' });
    write('shop', 'orders', 'three\n');
    write('shop', 'later', 'four\n');
    write('blog', 'posts', 'hello\nagain\n');
    restore('shop');
    expect(readFileSync(at('shop', 'orders'), 'utf8')).toBe('one\ntwo\n');
    expect(existsSync(at('shop', 'later'))).toBe(false);
    expect(readFileSync(at('blog', 'posts'), 'utf8')).toBe('hello\nagain\n');
    const kept = lab.say('kept').stdout.trim();
    expect(spawnSync('tar', ['-tzf', kept], { encoding: 'utf8' }).stdout).toContain('shop/later');
  });

  test('no password stands in an argument of any program', () => {
    lab.dumped();
    restore('shop');
    expect(lab.calls().filter((call) => call.includes('4$s'))).toEqual([]);
  });

  test('when what is there cannot be kept, nothing is dropped', () => {
    lab.dumped();
    lab.standIn('mongodump', 'exit 1');
    expect(lab.say('restore', 'latest', 'shop', '--yes')).toMatchObject({ code: 1, stderr: expect.stringContaining('mongodump') });
    expect(readFileSync(at('shop', 'orders'), 'utf8')).toBe('one\ntwo\n');
  });

  test('a restore that did not bring every document says which', () => {
    lab.dumped();
    lab.standIn('mongorestore', 'mkdir -p "$LAB/databases/shop"; echo one > "$LAB/databases/shop/orders"');
    expect(lab.say('restore', 'latest', 'shop', '--yes')).toMatchObject({ code: 1, stderr: expect.stringContaining('orders: 1 instead of 2') });
  });
});

describe('gitea, against a stand-in that makes an archive of the same form', () => {
  beforeEach(() => {
    lab = new DumpLab('gitea', {}, ['gitea.service']);
    const binary = lab.path('gitea');
    lab.configure({ options: { binary } });
    const zip = `import sys, zipfile, pathlib
out = zipfile.ZipFile(sys.argv[1], "w")
for part, folder in (("repos", "repositories"), ("data", "data")):
    for path in sorted(pathlib.Path(folder).rglob("*")):
        out.write(path, part + "/" + str(path.relative_to(folder)))
out.writestr("gitea-db.sql", "select 1")
out.close()`;
    writeFileSync(binary, `#!/bin/bash\n[ "$1" != --version ] || { echo "gitea version 1.27.3"; exit; }\ncase "$*" in *"dump --type zip --file - --skip-log"*) ;; *) exit 9 ;; esac\npython3 -c '${zip}' "$LAB/out.zip" && cat "$LAB/out.zip"`);
    chmodSync(binary, 0o755);
    put({ 'repositories/ann/notes.git/HEAD': 'ref: main', 'repositories/ann/notes.git/hooks/pre-receive': '#!/bin/sh', 'data/attachments/a': 'picture' });
    chmodSync(join(lab.volume, 'repositories/ann/notes.git/hooks/pre-receive'), 0o755);
  });

  test('data, dump, more data, loss, restore: repositories and attachments compared, what was there is kept', () => {
    expect(lab.manifest(lab.dumped()).items).toEqual({ repos: { of: 'files', counts: { 'ann/notes.git': 2 } }, data: { of: 'files', counts: { attachments: 1 } } });
    put({ 'repositories/ann/notes.git/HEAD': 'ref: lost', 'repositories/bob/new.git/HEAD': 'ref: main' });
    rmSync(join(lab.volume, 'data/attachments/a'));
    restore();
    expect(read('repositories/ann/notes.git/HEAD')).toBe('ref: main');
    expect(existsSync(join(lab.volume, 'repositories/bob'))).toBe(false);
    expect(read('data/attachments/a')).toBe('picture');
    expect(statSync(join(lab.volume, 'repositories/ann/notes.git/hooks/pre-receive')).mode & 0o777).toBe(0o755);
    const kept = lab.say('kept').stdout.split('\n').find((path) => path.includes('repositories'))!;
    expect(readFileSync(join(kept, 'bob/new.git/HEAD'), 'utf8')).toBe('ref: main');
    expect(lab.calls().filter((call) => call.startsWith('systemctl'))).toEqual(['systemctl stop gitea.service', 'systemctl start gitea.service']);
  });

  test('an archive that was cut off is no dump', () => {
    writeFileSync(lab.path('gitea'), '#!/bin/bash\necho PK broken');
    expect(lab.say('dump')).toMatchObject({ code: 1, stderr: expect.stringContaining('gitea gave no archive') });
    expect(lab.made().filter((name) => !name.endsWith('.partial'))).toEqual([]);
  });
});

describe('jenkins, its home', () => {
  beforeEach(() => {
    lab = new DumpLab('jenkins', {}, ['jenkins.service']);
    lab.standIn('dpkg-query', 'printf 2.568.3');
    put({
      'config.xml': '<hudson/>', 'secrets/master.key': 'key', 'plugins/git.jpi': 'plug-in', 'workspace/big': 'made again',
      'jobs/build/config.xml': '<project/>', 'jobs/build/builds/1/build.xml': '<build/>',
    });
  });

  test('data, dump, more data, loss, restore: the home is as it was, what was there is kept, workspaces are left out', () => {
    const { items } = lab.manifest(lab.dumped());
    expect(items['home']!.counts).toEqual({ settings: 1, jobs: 1, builds: 1, plugins: 1, secrets: 1 });
    put({ 'config.xml': '<broken/>', 'jobs/later/config.xml': '<project/>' });
    rmSync(join(lab.volume, 'secrets'), { recursive: true });
    restore();
    expect([read('config.xml'), read('secrets/master.key')]).toEqual(['<hudson/>', 'key']);
    expect(existsSync(join(lab.volume, 'jobs/later'))).toBe(false);
    const kept = lab.say('kept').stdout.trim();
    expect(readFileSync(join(kept, 'jobs/later/config.xml'), 'utf8')).toBe('<project/>');
    expect(lab.made()).toHaveLength(1);
  });

  test('what a killed restore left half-moved is put right by the next, and every file is still somewhere', () => {
    lab.dumped();
    put({ 'jobs/later/config.xml': '<project/>' });
    // As after a kill in the middle of the swap: half the home is aside, the fresh one unpacked.
    mkdirSync(join(lab.volume, '.before-20260101t000000000000'));
    spawnSync('sh', ['-c', 'mv config.xml jobs .before-20260101t000000000000/ && mkdir .restoring && touch .restoring/config.xml'], { cwd: lab.volume });
    restore();
    expect(read('config.xml')).toBe('<hudson/>');
    expect(read('.before-20260101t000000000000/jobs/later/config.xml')).toBe('<project/>');
  });

  test('a folder that is no home is not called a dump', () => {
    rmSync(join(lab.volume, 'config.xml'));
    expect(lab.say('dump')).toMatchObject({ code: 1, stderr: expect.stringContaining('no home of Jenkins') });
  });
});

describe('n8n, against a stand-in for its command line', () => {
  beforeEach(() => {
    lab = new DumpLab('n8n', { environment_file: '/nowhere' });
    lab.configure({ options: { environment_file: lab.path('n8n.env') } });
    useKey('first-key');
    writeFileSync(
      lab.path('n8n'),
      `#!/usr/bin/env python3
import json, os, pathlib, sys
if sys.argv[1] == "--version": sys.exit(print("2.41.3"))
verb, what = sys.argv[1].split(":")
store = pathlib.Path("${lab.path()}") / what
rows = json.loads(store.read_text()) if store.exists() else {}
file = pathlib.Path(next(word for word in sys.argv if "put=" in word).split("=", 1)[1])
if verb == "export":
    if not rows: sys.exit("No " + what.rstrip("s") + "s found with specified filters")
    file.write_text(json.dumps(list(rows.values())))
else:
    for row in json.loads(file.read_text()): rows[row["id"]] = row
    store.write_text(json.dumps(rows))
`,
    );
    chmodSync(lab.path('n8n'), 0o755);
    lab.standIn('systemctl', `case "$*" in *ExecStart*) echo "{ path=${lab.path('n8n')} ; argv[]=n8n start }" ;; *Environment*) echo "PATH=$PATH" ;; esac`);
    store('workflow', { a: { id: 'a', name: 'first' } });
  });
  const useKey = (key: string): void => writeFileSync(lab.path('n8n.env'), `# settings\nN8N_ENCRYPTION_KEY=${key}\nDB_TYPE=postgresdb\n`);
  const store = (what: string, rows: object): void => writeFileSync(lab.path(what), JSON.stringify(rows));

  test('data, dump, more data, loss, restore: what was dumped is back, what is newer stays, what was there is kept', () => {
    const { items } = lab.manifest(lab.dumped());
    expect(items).toMatchObject({ workflows: { counts: { exported: 1 } }, credentials: { counts: { exported: 0 } } });
    store('workflow', { a: { id: 'a', name: 'spoilt' }, b: { id: 'b', name: 'newer' } });
    restore();
    expect(JSON.parse(readFileSync(lab.path('workflow'), 'utf8'))).toEqual({ a: { id: 'a', name: 'first' }, b: { id: 'b', name: 'newer' } });
    const kept = lab.say('kept').stdout.split('\n').find((path) => path.includes('workflows'))!;
    expect(readFileSync(kept, 'utf8')).toContain('spoilt');
  });

  test('credentials of another key are refused, and the key itself is in no dump', () => {
    const name = lab.dumped();
    expect(spawnSync('grep', ['-r', 'first-key', join(lab.dumps, name)]).status).toBe(1);
    useKey('second-key');
    expect(lab.say('restore', name, '--yes')).toMatchObject({ code: 1, stderr: expect.stringMatching(/another key than this guest has.*nothing was changed/) });
  });
});

describe('paperless, against a stand-in for document_exporter', () => {
  beforeEach(() => {
    lab = new DumpLab('paperless');
    put({ version: '2.20.15\n', 'home/src/manage.py': '', 'home/.venv/bin/python3': '' });
    const records = '[{"model": "documents.document", "pk": 1}, {"model": "documents.document", "pk": 2}, {"model": "documents.tag", "pk": 1}]';
    writeFileSync(join(lab.volume, 'home/.venv/bin/python3'), `#!/bin/bash\n[ "$1 $2 $3 $4" = "manage.py document_exporter --data-only --no-progress-bar" ] && echo '${records}' > "$5/manifest.json"\n`);
    chmodSync(join(lab.volume, 'home/.venv/bin/python3'), 0o755);
    lab.standIn('systemctl', `echo ${join(lab.volume, 'home/src')}`);
  });

  test('an export is counted by model, and says how it comes back', () => {
    const name = lab.dumped();
    expect(lab.manifest(name)).toMatchObject({ versions: { 'paperless-ngx': '2.20.15' }, items: { export: { counts: { 'documents.document': 2, 'documents.tag': 1 } } } });
    expect(lab.say('restore', name, '--yes')).toMatchObject({ code: 1, stderr: expect.stringMatching(/document_importer --data-only .*make restore SERVICE=paperless-ngx.*Nothing was changed/) });
  });
});
