import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { root } from '../helpers/run-synth';
import { parseAll, run, type Format } from './parsers';
import { roundsOfTemplates, type Rendered } from './template-rounds';
import { shapeOf } from './trees';

jest.setTimeout(120_000);

let rendered: readonly Rendered[];
beforeAll(() => {
  execFileSync(process.execPath, [join(root, 'tools/python.mjs')], { stdio: 'inherit' });
  rendered = roundsOfTemplates();
}, 600_000);

/** Words of a line: what is quoted is one. */
const wordsOf = (line: string): string[] => line.match(/(?:"(?:[^"\\]|\\.)*"|'[^']*'|[^\s"'])+/g) ?? [];
/** A calendar event may have several words. */
const FREE_LINE = /^OnCalendar=/;

test('every template of every role is filled in', () => {
  const all = readdirSync(join(root, 'ansible/roles'), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.j2'));
  expect(rendered.map(({ role, template }) => `${role}/templates/${template}`).sort()).toEqual(all.sort());
});

test('no text adds a line or a word', () => {
  const found = rendered.flatMap(({ role, template, plain, hostile }) => hostile.flatMap((text) => {
    const [was, is] = [plain.split('\n'), text.split('\n')];
    if (was.length !== is.length) return [`${role}/${template}: ${is.length} lines instead of ${was.length}`];
    return is.filter((line, index) => !FREE_LINE.test(line) && wordsOf(line).length !== wordsOf(was[index]!).length).map((line) => `${role}/${template}: ${line}`);
  }));
  expect([...new Set(found)]).toEqual([]);
});

const folders: string[] = [];
const newFolder = (): string => {
  folders.push(mkdtempSync(join(tmpdir(), 'homelab-texts-')));
  return folders.at(-1)!;
};
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));

/** Different texts of the templates that a pattern names, the plain one of each first. */
const textsOf = (pattern: RegExp): { readonly name: string; readonly texts: readonly string[] }[] =>
  rendered.filter(({ template }) => pattern.test(template)).map(({ role, template, plain, hostile }) => ({ name: `${role}/${template}`, texts: [...new Set([plain, ...hostile])] }));

test.each<[Format, RegExp]>([['yaml', /\.yml\.j2$|^mongod\.conf\.j2$/], ['json', /\.json\.j2$/], ['ini', /\.ini\.j2$|^jail\.local\.j2$|^sanoid\.conf\.j2$/]])('%s: no text becomes structure', (format, pattern) => {
  const all = textsOf(pattern);
  expect(all.length).toBeGreaterThan(0);
  for (const { name, texts } of all) {
    const [plain, ...hostile] = parseAll(texts.map((text) => ({ format, text }))).map((tree) => ({ name, shape: shapeOf(tree) }));
    for (const tree of hostile) expect(tree).toEqual(plain);
  }
});

test('systemd takes every unit as it takes the plain one', () => {
  const folder = newFolder();
  const complaintsOf = new Map<string, Set<string>>();
  const names = textsOf(/\.(service|timer|path)\.j2$/).flatMap(({ name, texts }, unit) => texts.map((text, round) => {
    const file = `x${unit}-${round}${extname(name.slice(0, -'.j2'.length))}`;
    writeFileSync(join(folder, file), text);
    complaintsOf.set(file, new Set());
    return file;
  }));
  expect(names.length).toBeGreaterThan(50);
  const { stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', '--generators=no', ...names.map((name) => join(folder, name))], { encoding: 'utf8', maxBuffer: 1 << 26 });
  for (const line of stderr.split('\n')) {
    const [file] = /x\d+-\d+\.(service|timer|path)/.exec(line) ?? [];
    // What it starts is not on this machine, and what is no calendar event is refused as that.
    if (file && !/not executable|No such file or directory|not found|Failed to add dependency|calendar specification|lacks value setting|bad unit file setting/.test(line)) complaintsOf.get(file)?.add(line);
  }
  expect([...complaintsOf.values()].flatMap((lines) => [...lines])).toEqual([]);
});

test('systemd reads the variables that the plain file of an environment has, and no others', () => {
  const generator = '/usr/lib/systemd/user-environment-generators/30-systemd-environment-d-generator';
  const home = newFolder();
  mkdirSync(join(home, 'environment.d'));
  const namesIn = (text: string): string[] => {
    writeFileSync(join(home, 'environment.d/x.conf'), text);
    const output = execFileSync(generator, { encoding: 'utf8', env: { HOME: home, XDG_CONFIG_HOME: home, PATH: '/usr/bin' } });
    return output.trim().split('\n').map((line) => line.split('=')[0]!).sort();
  };
  for (const { name, texts } of textsOf(/\.env\.j2$|^defaults\.j2$|^paperless\.conf\.j2$/)) {
    const [plain, ...hostile] = texts.map((text) => ({ name, variables: namesIn(text) }));
    for (const one of hostile) expect(one).toEqual(plain);
  }
});

test('dnsmasq reads its settings, and a shell its scripts', () => {
  const folder = newFolder();
  const file = join(folder, 'text');
  for (const { texts } of textsOf(/^dnsmasq\.conf\.j2$/)) for (const text of texts) {
    writeFileSync(file, text);
    // What is no range of addresses is refused as that.
    expect(spawnSync('dnsmasq', ['--test', `--conf-file=${file}`], { encoding: 'utf8' }).stderr).toMatch(/syntax check OK|bad dhcp-range/);
  }
  for (const { texts } of textsOf(/\.sh\.j2$|^command\.j2$|^postgresql-dump\.j2$/)) for (const text of texts) run('sh', ['-n'], text);
});
