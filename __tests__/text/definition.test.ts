import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HomelabProps } from '../../constructs';
import { emit, type Emitted } from '../helpers/emitted';
import { root } from '../helpers/run-synth';
import { everyTextHouses } from './every-text-house';
import { hostileTexts } from './hostile-texts';
import { commonMark, parseAll, run, runPython, type Format } from './parsers';
import { terraformTexts } from './terraform-texts';
import { freeRounds, markerOf, textPlaces, typedRounds, withTexts, type Round } from './rounds';
import { leaves, rewrite, shapeOf } from './trees';

jest.setTimeout(240_000);

const formats: readonly (readonly [RegExp, Format])[] = [[/\.json$/, 'json'], [/\.yml$/, 'yaml'], [/\.svg$/, 'xml'], [/\.md$/, 'xml'], [/\.toml$/, 'toml']];
const installer = { pxe_server_root_password_hash: '$6$salt$hash', pxe_server_url: '' };

/** A round with everything that was emitted for it. */
interface Emission extends Round {
  readonly emitted: Emitted;
}

/** One house with markers in its free places, and rounds of hostile texts in the same places. */
interface Trial {
  readonly plain: Emission;
  readonly rounds: readonly Emission[];
}

const emission = (round: Round): Emission => ({ ...round, emitted: emit(round.house) });
const [house, ...otherHouses] = everyTextHouses as [HomelabProps, ...HomelabProps[]];
let trials: readonly Trial[];
let typed: Trial;

beforeAll(() => {
  execFileSync(process.execPath, [join(root, 'tools/python.mjs')], { stdio: 'inherit' });
  const trialOf = (lab: HomelabProps, free: readonly string[][], every: number): Trial => ({
    plain: emission(withTexts(lab, free.map((place, index) => [place, markerOf(index)]))),
    rounds: freeRounds(lab, free, hostileTexts, every).map(emission),
  });
  const places = textPlaces(house);
  // Other houses differ in where copies go.
  const elsewhere = otherHouses.map((lab) => trialOf(lab, textPlaces(lab, 'offHost').free, 6));
  trials = [trialOf(house, places.free, 3), ...elsewhere];
  typed = { plain: emission({ house, texts: new Map() }), rounds: typedRounds(house, places.typed, hostileTexts).map(emission) };
}, 600_000);

/** The change that turns texts with markers into those of a round. */
function asIn({ texts }: Round, plain: Round, written: (text: string) => string = (text) => text): (text: string) => string {
  const byMarker = new Map([...plain.texts].map(([place, marker]) => [marker, written(texts.get(place)!)]));
  return (text) => text.replace(/plain\d{3}words/g, (marker) => byMarker.get(marker)!);
}

/** Files of every emission that a pattern names, in one order. */
function filesOf({ plain, rounds }: Trial, pattern: RegExp): { readonly path: string; readonly plain: string; readonly hostile: readonly { readonly round: Emission; readonly text: string }[] }[] {
  return [...plain.emitted.files.keys()].filter((path) => pattern.test(path)).map((path) => ({ path, plain: plain.emitted.text(path), hostile: rounds.map((round) => ({ round, text: round.emitted.text(path) })) }));
}

/** Every file of a format as its parser sees it, that of the plain house first. */
function treesOf(trial: Trial, pattern: RegExp, prepare: (texts: readonly string[]) => readonly string[] = (texts) => texts): { path: string; plain: unknown; hostile: { round: Emission; tree: unknown }[] }[] {
  const files = filesOf(trial, pattern);
  const texts = prepare(files.flatMap(({ plain, hostile }) => [plain, ...hostile.map(({ text }) => text)]));
  const format = formats.find(([ending]) => ending.test(files[0]!.path))![1];
  const trees = parseAll(texts.map((text) => ({ format, text })));
  return files.map(({ path, hostile }) => ({ path, plain: trees.shift(), hostile: hostile.map(({ round }) => ({ round, tree: trees.shift() })) }));
}

/** Each tree is that of the plain house with its texts in their places, and nothing else. */
function expectTexts(trial: Trial, pattern: RegExp, prepare?: (texts: readonly string[]) => readonly string[], normal: (text: string) => string = (text) => text): void {
  for (const { path, plain, hostile } of treesOf(trial, pattern, prepare)) {
    for (const { round, tree } of hostile) expect({ path, tree: rewrite(tree, normal) }).toEqual({ path, tree: rewrite(plain, (text) => normal(asIn(round, trial.plain)(text))) });
  }
}

const filledIn = (texts: readonly string[]): string[] => runPython('evaluate.py', { texts, variables: installer });

test('texts reach every kind of file', () => {
  const reached = [...trials[0]!.plain.emitted.files].filter(([, content]) => /plain\d{3}words/.test(content)).map(([path]) => path);
  expect(reached).toEqual(expect.arrayContaining(['stacks/services/cdk.tf.json', 'docs/catalogue.md', 'docs/architecture.svg', 'ansible/inventories/host_vars/valkey.yml', 'ansible/inventories/host_vars/loft.yml', 'care/manifest.json', 'secrets/manifest.json']));
});

test('YAML that Ansible reads: values stay values', () => trials.forEach((trial) => expectTexts(trial, /\.yml$/)));

test('JSON that our own tools read: values stay values', () => expectTexts(trials[0]!, /^(care|secrets|review)\/.*\.json$|^machine\.json$/));

test('Ansible fills in nothing that a text says', () => {
  for (const trial of trials) {
    const trees = treesOf(trial, /\.yml$/);
    // Only texts without an expression of our own: with its marker each stands for itself.
    const found = trees.flatMap(({ path, plain, hostile }) => {
      const marked = leaves(plain).filter(([, text]) => /plain\d{3}words/.test(text) && !text.includes('{{'));
      return hostile.flatMap(({ round, tree }) => {
        const own = new Map(leaves(tree));
        return marked.map(([where]) => ({ path, where, round, text: own.get(where)! }));
      });
    });
    const texts = found.map(({ text }) => text);
    expect(runPython('evaluate.py', { texts, variables: {} })).toEqual(texts);
  }
});

test('Terraform reads each text as it is', () => {
  const found = trials.flatMap((trial) =>
    treesOf(trial, /cdk\.tf\.json$/).flatMap(({ plain, hostile }) =>
      leaves(plain).filter(([, text]) => /plain\d{3}words/.test(text)).flatMap(([where, text]) => hostile.map(({ round, tree }) => ({ written: new Map(leaves(tree)).get(where)!, meant: asIn(round, trial.plain)(text) }))),
    ),
  );
  expect(found.length).toBeGreaterThan(200);
  // Terraform writes letters with their accents in one character each.
  expect(terraformTexts(found.map(({ written }) => written))).toEqual(found.map(({ meant }) => meant.normalize('NFC')));
});

test('Markdown: each text is a text, in the place it had', () => {
  const toXml = (texts: readonly string[]): string[] => texts.map((text) => commonMark(text));
  for (const { path, plain, hostile } of treesOf(trials[0]!, /\.md$/, toXml)) {
    for (const { round, tree } of hostile) expect({ path, texts: round.texts, blocks: blocksOf(tree, (text) => text) }).toEqual({ path, texts: round.texts, blocks: blocksOf(plain, asIn(round, trials[0]!.plain, (text) => text.trim())) });
  }
});

test('SVG: a text adds no element and no attribute', () => {
  for (const { path, plain, hostile } of treesOf(trials[0]!, /\.svg$/)) {
    for (const { round, tree } of hostile) expect({ path, texts: round.texts, shape: elementsOf(tree) }).toEqual({ path, texts: round.texts, shape: elementsOf(plain) });
  }
});

/** The one file of each emission that a pattern names, that of the plain house first; its name may follow the host's. */
function everyOne(trial: Trial, pattern: RegExp): string[] {
  return [trial.plain, ...trial.rounds].map(({ emitted }) => emitted.text([...emitted.files.keys()].find((path) => pattern.test(path))!));
}

test('the answers of both installers: TOML and debconf see what a harmless house gives', () => {
  for (const trial of [trials[0]!, typed]) {
    const [plain, ...hostile] = parseAll(filledIn(everyOne(trial, /\.toml$/)).map((text) => ({ format: 'toml', text })));
    for (const tree of hostile) expect(shapeOf(tree)).toEqual(shapeOf(plain));
    const answers = filledIn(everyOne(trial, /preseed\.cfg$/));
    const questions = (text: string): string[] => text.split('\n').map((line) => line.split(' ').slice(0, 3).join(' '));
    for (const answer of answers) expect(questions(answer)).toEqual(questions(answers[0]!));
    expect(debconf(answers)).toBe('');
  }
});

test('typed places, such as names and paths, give files of the same form', () => {
  const all = [typed.plain, ...typed.rounds];
  const jobs = all.map(({ emitted }) => [...emitted.files].flatMap(([path, text]) => formats.filter(([form]) => form.test(path) && !/md|toml/.test(form.source)).map(([, format]) => ({ format, text }))));
  const trees = parseAll(jobs.flat());
  const shapes = jobs.map((own) => own.map(({ format }) => { const tree = trees.shift(); return JSON.stringify(format === 'xml' ? elementsOf(tree) : shapeOf(tree)); }).sort());
  shapes.forEach((shape, index) => expect({ texts: all[index]!.texts, shape }).toEqual({ texts: all[index]!.texts, shape: shapes[0] }));
});

/** What debconf says of answers; it ends with 0 even when it found mistakes. */
function debconf(answers: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'homelab-preseed-'));
  try {
    const files = [...new Set(answers)].map((text, index) => {
      const file = join(folder, `${index}.cfg`);
      writeFileSync(file, text);
      return file;
    });
    return files.map((file) => Object.values(run('debconf-set-selections', ['-c', file])).join('')).join('');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

interface Element {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly text: string;
  readonly tail: string;
  readonly children: readonly Element[];
}

/** Elements with the names of their attributes. */
function elementsOf(tree: unknown): unknown {
  const { tag, attributes, children } = tree as Element;
  // White space of a text is kept by an attribute of its own.
  return [tag, Object.keys(attributes).filter((name) => !name.endsWith('}space')).sort(), children.map(elementsOf)];
}

/** Blocks of a Markdown document; inside them runs of text are one, since an escaped character is a run of its own. */
function blocksOf(tree: unknown, change: (text: string) => string): unknown {
  const { tag, text, children } = tree as Element;
  const name = tag.replace(/^\{.*\}/, '');
  if (['text', 'code', 'html_block', 'html_inline'].includes(name)) return [name, change(text).replace(/\s+/g, ' ')];
  const inner = children.map((child) => blocksOf(child, change) as [string, unknown]);
  // White space of a text is one space, as Markdown itself has it.
  return [name, inner.reduce<[string, unknown][]>((all, [kind, value]) => {
    const last = all.at(-1);
    if (kind === 'text' && last?.[0] === 'text') last[1] = `${last[1] as string}${value as string}`;
    else all.push([kind, value]);
    return all;
  }, [])];
}
