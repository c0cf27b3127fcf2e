import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { ROOT } from '../tools/ensure-tools';
import { code, PAGES, read, run, SCRIPTS, SOURCES, TARGETS, unknownOfHouse } from './documented';

jest.setTimeout(180_000);

const LINES = PAGES.flatMap((page) => code(read(page)));
/** Words that are typed to a program, up to what a shell or a reader takes for something else (a remark after blanks); `…` stands for any word. */
const words = (typed: string): string[] => (/^(?:(?! {2})[^#|;&>─,])*/.exec(typed)![0].match(/(?:[^\s']|'[^']*')+/g) ?? []).filter((word) => !word.includes('…'));
const optionsIn = (typed: string): string[] => typed.match(/(?<![\w-])--[a-z][a-z-]*/g) ?? [];
const unique = <T>(items: readonly T[]): T[] => [...new Set(items)];

/** Runs many at a time; a start of Node is most of what each costs. */
async function sideBySide<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let index = 0; index < items.length; index += 4) results.push(...(await Promise.all(items.slice(index, index + 4).map(work))));
  return results;
}

/** Programs of people that pages name, each with what is typed after it there. */
const PROGRAMS = new Map<string, string[]>();
for (const line of LINES) {
  for (const [, path, typed] of line.matchAll(/(?:^|[\s(])((?:scripts|tools)\/[\w./-]*\w)([^`]*)/g)) {
    const file = join(ROOT, path!);
    if (existsSync(file) && statSync(file).isFile() && isProgram(file)) PROGRAMS.set(path!, [...(PROGRAMS.get(path!) ?? []), typed!]);
  }
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

test('G7: every program that a page names tells its help, and knows the options that the page gives it', async () => {
  expect([...PROGRAMS.keys()]).toEqual(expect.arrayContaining(['scripts/backup-tank', 'scripts/create-lxc']));
  await sideBySide([...PROGRAMS], async ([path, typed]) => {
    // Terraform's own name: its help is Terraform's.
    const help = await run(join(ROOT, path), '--help');
    expect({ path, code: help.code, stdout: help.stdout }).toMatchObject({ path, code: 0, stdout: expect.stringMatching(/usage:/i) });
    for (const option of unique(typed.flatMap(optionsIn))) expect(`${path}: ${help.stdout}`).toContain(option);
  });
});

test('G7: every npm script tells its help, and knows the options that pages give it', async () => {
  await sideBySide(SCRIPTS, async (name) => {
    const help = await run('npm', 'run', '--silent', name, '--', '--help');
    expect({ name, code: help.code, help: help.stdout + help.stderr }).toMatchObject({ name, code: 0, help: expect.stringMatching(/usage|common commands|options/i) });
    const typed = LINES.flatMap((line) => [...line.matchAll(new RegExp(`npm run (?:--silent )?${name} -- ([^\`]*)`, 'g'))].map(([, after]) => after!));
    for (const option of unique(typed.flatMap(optionsIn))) expect(`${name}: ${help.stdout}`).toContain(option);
  });
});

/** What pages type to make, and its own help: `make TARGET NAME=VALUE…`. */
const MADE = unique(LINES.flatMap((line) => [...line.matchAll(/(?:^|&& |\()make ([a-z][^`]*)/g)].map(([, typed]) => words(typed!).join(' '))));

test('G7: everything that is typed to make runs dry, uses each variable that is given, and each of its lines is a verb with its options', async () => {
  expect(MADE.length).toBeGreaterThan(30);
  const missing = await sideBySide(MADE, async (typed) => {
    const given = words(typed).map((word) => word.replace(/^([A-Z]+)='(.*)'$/, '$1=$2'));
    const dry = await run('make', '-n', ...given);
    if (dry.code !== 0) return [`make ${typed}: ${dry.stderr}`];
    const values = given.filter((word) => /^[A-Z]+=/.test(word)).map((word) => word.slice(word.indexOf('=') + 1));
    // WRITE=1 is a switch: what it adds is an option.
    const unused = values.filter((value) => value !== '1' && !dry.stdout.includes(value));
    return [...dry.stdout.split('\n').flatMap(unknownOfHouse), ...unused.map((value) => `make ${typed}: ${value} goes nowhere`)];
  });
  expect(missing.flat()).toEqual([]);
});

test('G7: every target of make runs dry', async () => {
  const runs = await sideBySide(TARGETS, (target) => run('make', '-n', target));
  expect(runs.map(({ code: status }, index) => [TARGETS[index], status])).toEqual(TARGETS.map((target) => [target, 0]));
});

test('G7: what messages and help texts tell people to type exists', () => {
  const missing = SOURCES.flatMap((path) => read(path).split('\n').flatMap((line) => unknownOf(line.trim()).map((found) => `${path}: ${found}`)));
  expect(missing).toEqual([]);
});

/** What a line of a source tells to type and is not there; a text ends at its quote, and what is filled in later stands for itself. */
function unknownOf(line: string): string[] {
  const typed = line.replace(/\$\{[^}]*\}/g, 'X');
  return [
    ...[...typed.matchAll(/\.\/house [a-z][^`"]*/g)].flatMap(([found]) => unknownOfHouse(found)),
    ...[...typed.matchAll(/\bnpm run (?:--silent )?([a-z][\w-]*)/g)].filter(([, name]) => !SCRIPTS.includes(name!)).map(([found]) => found),
    ...[...typed.matchAll(/(?:: |[`'"(])make ([a-z][a-z-]+)(?=[`'";,)]|$| [A-Z]+=)/g)].filter(([, name]) => !TARGETS.includes(name!)).map(([found]) => found),
  ];
}

test('a verb, a target and a script that are none are found in a message', () => {
  expect(unknownOf("throw new Refusal('no', 'use: ./house state aply');")).toHaveLength(1);
  expect(unknownOf('`write it with: make syth`')).toHaveLength(1);
  expect(unknownOf('run: npm run gard')).toHaveLength(1);
  expect(unknownOf('`see: ./house state apply ${stack} --yes`')).toEqual([]);
});
