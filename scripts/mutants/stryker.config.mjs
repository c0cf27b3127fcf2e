import { readdirSync } from 'node:fs';
import { rooms, slowTests } from './rooms.mjs';

const room = process.env.MUTANTS_ROOM;
const { mutate, least, tests } = rooms[room];
const files = readdirSync(tests.folder).filter((name) => name.endsWith('.test.ts') && !tests.slow.includes(name.replace('.test.ts', '')));
// Tables of what is said notice most, and first.
const order = (name) => (name.startsWith('words') ? `0${name}` : name);

export default {
  mutate: process.env.MUTANTS_FILES?.split(',') ?? mutate,
  plugins: ['./scripts/mutants/runner.mjs'],
  testRunner: 'house',
  house: { tests: files.sort((a, b) => (order(a) < order(b) ? -1 : 1)).map((name) => `${tests.folder}/${name}`), without: slowTests },
  coverageAnalysis: 'perTest',
  // What is computed when a file is loaded needs every test for each mutant; half an hour more, and only where it is asked for.
  ignoreStatic: process.env.MUTANTS_STATIC !== 'yes',
  concurrency: 1,
  checkers: [],
  tempDirName: '.cache/mutants/sandbox',
  ignorePatterns: ['.cache', '.tools', '.state', '.gen', 'cdktf.out', '.cdktf.out.*', 'scripts/mutants/node_modules'],
  incremental: true,
  incrementalFile: `.cache/mutants/${room}.json`,
  reporters: ['progress-append-only', 'clear-text', 'json'],
  jsonReporter: { fileName: `.cache/mutants/${room}-report.json` },
  clearTextReporter: { allowColor: false, reportTests: false, reportScoreTable: true },
  thresholds: { high: 100, low: least, break: least },
  // A busy machine must not kill what lives.
  timeoutMS: 30_000,
  warnings: { unknownOptions: false },
};
