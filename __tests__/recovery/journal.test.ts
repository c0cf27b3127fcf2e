import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Journal } from '../../recovery/journal';
import type { Arguments } from '../../common/verb';
import { readOptions } from '../../recovery/options';

describe('journal', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'homelab-journal-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const open = (content?: unknown) => {
    if (content !== undefined) writeFileSync(join(folder, 'journal.json'), typeof content === 'string' ? content : JSON.stringify(content));
    return new Journal(folder, 'cellar at 192.0.2.10', ['host', 'pool']);
  };

  test('remembers what was noted, and leaves no half of a file behind', () => {
    const journal = open();
    journal.note({ step: 'host', is: 'begun', pid: 1 });
    journal.note({ step: 'host', is: 'done', seconds: 2.5 });
    expect(open().get('host')).toMatchObject({ is: 'done', seconds: 2.5 });
    expect(readdirSync(folder)).toEqual(['journal.json']);
  });

  test.each([
    ['no JSON', '{', 'is no JSON'],
    ['empty', '', 'is no JSON'],
    ['of another house', { house: 'attic at 192.0.2.99', steps: [] }, 'belongs to "attic at 192.0.2.99", and this house is cellar at 192.0.2.10'],
    ['without steps', { house: 'cellar at 192.0.2.10' }, 'has no list of steps'],
    ['with an unknown step', { house: 'cellar at 192.0.2.10', steps: [{ step: 'wipe', is: 'done' }] }, "names a step 'wipe'"],
    ['with an unknown word', { house: 'cellar at 192.0.2.10', steps: [{ step: 'pool', is: 'perhaps' }] }, "says that 'pool' is 'perhaps'"],
  ])('fails when it is %s', (_, content, words) => {
    expect(() => open(content)).toThrow(words);
    expect(() => open(content)).toThrow('remove it to begin anew');
  });
});

test.each<[string[], Arguments['options'], string]>([
  [[], { only: true }, 'name the steps after --only'],
  [['pool'], {}, "'pool' is said without --only"],
  [['pool'], { only: true, from: 'host' }, 'exclude each other'],
])('%j with %j is wrong usage', (words, options, message) => {
  expect(() => readOptions({ words, options })).toThrow(message);
});

test('what was typed is read as it is, and what was not is left to its default', () => {
  const none = { list: false, dryRun: false, yes: false, folder: '.state/recovery' };
  expect(readOptions({ words: [], options: {} })).toEqual(none);
  expect(readOptions({ words: [], options: { list: true, 'dry-run': true, yes: true, from: 'pool', inventory: 'mine.yml', folder: 'elsewhere' } })).toEqual({ list: true, dryRun: true, yes: true, from: 'pool', inventory: 'mine.yml', folder: 'elsewhere' });
  expect(readOptions({ words: ['pool', 'card'], options: { only: true } })).toEqual({ ...none, only: ['pool', 'card'] });
});
