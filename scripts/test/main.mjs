#!/usr/bin/env node
// `make test`: every suite in order, quick ones first, each with its time; at the end the sums.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { prepare } from './prepare.mjs';
import { suites } from './suites.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const args = process.argv.slice(2);
if (args.includes('--help')) {
  console.log('usage: node scripts/test/main.mjs [--fast] [SUITE…]\n\n  --fast   leave out suites that boot a machine or build a second object store\n\nsuites:');
  for (const { name, what } of suites) console.log(`  ${name.padEnd(12)} ${what}`);
  process.exit(0);
}
const named = args.filter((arg) => !arg.startsWith('--'));
const unknown = named.filter((name) => !suites.some((suite) => suite.name === name));
if (unknown.length > 0) {
  console.error(`test: no suite ${unknown.join(', ')}; there are ${suites.map(({ name }) => name).join(', ')}`);
  process.exit(2);
}
const chosen = suites.filter(({ name, slow }) => (named.length > 0 ? named.includes(name) : !(slow && args.includes('--fast'))));

const wanting = prepare();
if (wanting) {
  console.error(`test: ${wanting}`);
  process.exit(1);
}

const results = chosen.map(run);
const left = suites.length - chosen.length;
console.log('\nsuite         result    tests  skipped     time');
for (const { name, ok, passed, failed, skipped, seconds } of results) {
  console.log(`${name.padEnd(12)}  ${ok ? 'passed' : 'FAILED'}  ${String(passed + failed).padStart(7)}  ${String(skipped).padStart(7)}  ${seconds.toFixed(1).padStart(6)} s`);
}
if (left > 0) console.log(`${left} suites left out by choice`);
const total = (key) => results.reduce((sum, result) => sum + result[key], 0);
console.log(`\n${total('passed')} passed, ${total('failed')} failed, ${total('skipped')} skipped`);
const skipping = results.filter(({ skipped }) => skipped > 0).map(({ name }) => name);
if (skipping.length > 0) console.error(`test: tests were skipped in ${skipping.join(', ')}, see above for why`);
// A machine that lost a tool or root would lose whole suites and stay green.
if (skipping.length > 0 && process.env.CI) console.error('test: CI skips nothing, so this run has failed');
process.exit(results.every(({ ok }) => ok) && !(skipping.length > 0 && process.env.CI) ? 0 : 1);

/** Runs one suite with its output passed through. A suite that is no jest run counts as one test. */
function run({ name, what, command, jest, env }) {
  console.log(`\n=== ${name}: ${what}`);
  const started = performance.now();
  const report = `${root}.cache/test/${name}.json`;
  mkdirSync(`${root}.cache/test`, { recursive: true });
  rmSync(report, { force: true });
  const [program, ...rest] = jest ? ['npx', 'jest', '--ci', '--json', `--outputFile=${report}`, ...jest] : command;
  // The JSON goes to the file; jest also prints it to standard output, which nobody wants to read.
  const { status } = spawnSync(program, rest, { cwd: root, env: { ...process.env, ...env }, stdio: ['ignore', jest ? 'ignore' : 'inherit', 'inherit'] });
  const seconds = (performance.now() - started) / 1000;
  const counts = jest ? countTests(report) : { passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1, skipped: 0 };
  console.log(`=== ${name}: ${status === 0 ? 'passed' : 'FAILED'} in ${seconds.toFixed(1)} s`);
  return { name, ok: status === 0, seconds, ...counts };
}

function countTests(report) {
  try {
    const { numPassedTests, numFailedTests, numFailedTestSuites, numPendingTests } = JSON.parse(readFileSync(report, 'utf8'));
    // A file that cannot even be loaded has no failed test; it still failed.
    return { passed: numPassedTests, failed: Math.max(numFailedTests, numFailedTestSuites), skipped: numPendingTests };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}
