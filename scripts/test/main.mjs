#!/usr/bin/env node
// `make test`: every suite with its time; at the end the sums. Two suites run side by side, since most of them wait for a
// machine, a container or a tool while the other core idles.
import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
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

/** Suites of the second lane are marked; the machine is the slowest, and begins at once. */
const LANES = ['first', 'second'];

const wanting = prepare();
if (wanting) {
  console.error(`test: ${wanting}`);
  process.exit(1);
}

const started = performance.now();
const results = (await Promise.all(LANES.map((lane) => inTurn(chosen.filter((suite) => (suite.lane ?? LANES[0]) === lane))))).flat();
const minutes = (performance.now() - started) / 60_000;
const left = suites.length - chosen.length;
console.log('\nsuite         result    tests  skipped     time');
for (const { name, ok, passed, failed, skipped, seconds } of results) {
  console.log(`${name.padEnd(12)}  ${ok ? 'passed' : 'FAILED'}  ${String(passed + failed).padStart(7)}  ${String(skipped).padStart(7)}  ${seconds.toFixed(1).padStart(6)} s`);
}
if (left > 0) console.log(`${left} suites left out by choice`);
const total = (key) => results.reduce((sum, result) => sum + result[key], 0);
console.log(`\n${total('passed')} passed, ${total('failed')} failed, ${total('skipped')} skipped, in ${minutes.toFixed(1)} min`);
const skipping = results.filter(({ skipped }) => skipped > 0).map(({ name }) => name);
if (skipping.length > 0) console.error(`test: tests were skipped in ${skipping.join(', ')}, see above for why`);
// A machine that lost a tool or root would lose whole suites and stay green.
if (skipping.length > 0 && process.env.CI) console.error('test: CI skips nothing, so this run has failed');
process.exit(results.every(({ ok }) => ok) && !(skipping.length > 0 && process.env.CI) ? 0 : 1);

/** Runs the suites of a lane one after the other. */
async function inTurn(lane) {
  const done = [];
  for (const suite of lane) done.push(await run(suite));
  return done;
}

/** Runs one suite and prints its output when it has ended. A suite that is no jest run counts as one test. */
async function run({ name, what, command, jest, env }) {
  console.log(`=== ${name}: ${what} (as it goes: .cache/test/${name}.log)`);
  const begun = performance.now();
  mkdirSync(`${root}.cache/test`, { recursive: true });
  const [report, log] = [`${root}.cache/test/${name}.json`, `${root}.cache/test/${name}.log`];
  rmSync(report, { force: true });
  const [program, ...rest] = jest ? ['npx', 'jest', '--ci', '--json', `--outputFile=${report}`, ...jest] : command;
  const output = openSync(log, 'w');
  // The JSON goes to the file; jest also prints it to standard output, which nobody wants to read.
  const child = spawn(program, rest, { cwd: root, env: { ...process.env, ...env }, stdio: ['ignore', jest ? 'ignore' : output, output] });
  const status = await new Promise((ended) => child.on('exit', ended).on('error', () => ended(1)));
  closeSync(output);
  const seconds = (performance.now() - begun) / 1000;
  const counts = jest ? countTests(report) : { passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1, skipped: 0 };
  process.stdout.write(`\n${readFileSync(log, 'utf8')}=== ${name}: ${status === 0 ? 'passed' : 'FAILED'} in ${seconds.toFixed(1)} s\n\n`);
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
