import { copyFileSync, cpSync, existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';

import { runSynth } from '../helpers/run-synth';
import { ROOT, ScriptLab } from './script-lab';

jest.setTimeout(120_000);

/** A copy of the project in which a service may be written; what is not written is a link. */
let lab: ScriptLab;
let script: string;
beforeEach(() => {
  lab = new ScriptLab();
  for (const name of ['homelab', 'scripts']) cpSync(join(ROOT, name), lab.path('house', name), { recursive: true });
  for (const name of ['common', 'constructs', 'secrets', 'tools', 'node_modules', '.gen']) symlinkSync(join(ROOT, name), lab.path('house', name));
  for (const name of ['main.ts', 'package.json', 'tsconfig.json', 'Makefile']) copyFileSync(join(ROOT, name), lab.path('house', name));
  script = lab.path('house', 'scripts', 'create-lxc');
});
afterEach(() => lab.remove());

const file = (name: string) => lab.path('house', 'homelab', 'apps', `${name}.ts`);
const list = () => readFileSync(lab.path('house', 'homelab', 'services.ts'), 'utf8');

test('writes a service that synthesizes, and the second time nothing', () => {
  const before = list();
  expect(lab.run(script, ['to-do', '--port', '3456', '--purpose', "Everybody's lists"])).toMatchObject({ code: 0, stdout: expect.stringContaining('ansible/roles/to_do/') });
  const text = readFileSync(file('to-do'), 'utf8');
  expect(text).toContain('export const toDo: ServiceProps');
  const added = list().split('\n').filter((line) => !before.split('\n').includes(line));
  expect(added).toEqual(["export * from './apps/to-do';"]);
  expect(list().split('\n').filter((line) => line.includes('/apps/'))).toEqual(list().split('\n').filter((line) => line.includes('/apps/')).sort());

  expect(runSynth(relative(ROOT, lab.path('house', 'main.ts')), lab.path('out'))).toMatchObject({ status: 0 });
  expect(readFileSync(lab.path('out', 'ansible', 'inventories', 'prod.yml'), 'utf8')).toContain('to-do:');

  const written = list();
  expect(lab.run(script, ['to-do'])).toMatchObject({ code: 0, stdout: expect.stringContaining('there already; nothing was written') });
  expect(list()).toBe(written);
  expect(readFileSync(file('to-do'), 'utf8')).toBe(text);
});

test.each(['public', 'default', 'class', 'static'])('a service may be called %s, a word of the language', (name) => {
  expect(lab.run(script, [name])).toMatchObject({ code: 0 });
  expect(readFileSync(file(name), 'utf8')).toContain(`export const ${name}Service: ServiceProps`);
  expect(lab.run(script, [name])).toMatchObject({ code: 0, stdout: expect.stringContaining('there already') });
});

test.each(['', 'export {};\n'])('the first service of an emptied list: %j', (text) => {
  writeFileSync(lab.path('house', 'homelab', 'services.ts'), text);
  expect(lab.run(script, ['wiki'])).toMatchObject({ code: 0 });
  expect(list()).toBe("export * from './apps/wiki';\n");
});

test('--dry-run prints the change and writes nothing', () => {
  const before = list();
  const { code, stdout } = lab.run(script, ['vikunja', '--platform', '--dry-run']);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^--- \/dev\/null\n\+\+\+ b\/homelab\/platform\/vikunja.ts\n\+import/);
  expect(stdout).toContain("+export * from './platform/vikunja';");
  expect(list()).toBe(before);
  expect(existsSync(file('vikunja'))).toBe(false);
});

test('never overwrites a file; the line that an interrupted run did not write is written', () => {
  writeFileSync(file('mine'), readFileSync(file('trilium'), 'utf8').replace('trilium', 'mine'));
  const text = readFileSync(file('mine'), 'utf8');
  expect(lab.run(script, ['mine'])).toMatchObject({ code: 0, stdout: expect.stringContaining('stays as it is') });
  expect(readFileSync(file('mine'), 'utf8')).toBe(text);
  expect(list()).toContain("export * from './apps/mine';");
});

test.each([
  [['Vikunja'], 1, 'a DNS label'],
  [['x', '--id', '105'], 1, "id 105 is taken by 'minio'"],
  [['x', '--address', '192.168.88.228'], 1, "taken by 'minio'"],
  [['minio'], 1, "'minio' is taken"],
  [['x', '--address', 'dhcp'], 1, 'address'],
  [['x', '--address', '1.2.3.4'], 1, '1.2.3.4'],
  [['x', '--id', '5'], 1, 'a VMID is 100'],
  [['x', '--port', '99999'], 1, '99999'],
  [['x', '--purpose', 'two\nlines'], 1, 'one plain line'],
  [[], 2, 'name one service; see: ./house new service --help'],
  [['x', '--force'], 2, 'has no option --force'],
])('fails on %j and writes nothing', (args, code, words) => {
  const before = list();
  const run = lab.run(script, args);
  expect({ code: run.code, stderr: run.stderr }).toEqual({ code, stderr: expect.stringContaining(words) });
  expect(run.stderr).not.toContain('    at ');
  expect(list()).toBe(before);
});
