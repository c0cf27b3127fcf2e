// Makes or updates the virtual environment .tools/python from tools/python/requirements.txt.
//
// Idempotent: a stamp holds the hash of the requirements and of the interpreter's version; when it matches, nothing
// is done. The stamp is written last, so an interrupted run is simply made again.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withLock } from './lock.mjs';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const REQUIREMENTS = join(ROOT, 'tools', 'python', 'requirements.txt');
/** The same packages with the checksums of their files: pip takes no other. A test holds that both agree. */
const HASHES = join(ROOT, 'tools', 'python', 'hashes.txt');
const VENV = join(ROOT, '.tools', 'python');
const STAMP = join(VENV, '.stamp');
/** ansible-core 2.19 runs on no older Python. */
const OLDEST_PYTHON = [3, 11];

const HELP = `Usage: node tools/python.mjs [--dry-run]

Makes .tools/python, a virtual environment with the pinned Ansible, ansible-lint and yamllint of
tools/python/requirements.txt. Does nothing when it is already there and up to date.

  --dry-run   say what would be done, change nothing
  --help      this text

Environment: PYTHON names the interpreter (default python3, at least ${OLDEST_PYTHON.join('.')}).
Exit codes: 0 up to date, 1 failed (reason printed), 2 wrong usage.`;

function fail(message, code = 1) {
  console.error(`python tools: ${message}`);
  process.exit(code);
}

/** Version of the interpreter as "3.13.5", after checking that it is new enough and can make environments. */
function interpreterVersion(python) {
  const probe = 'import sys, venv, ensurepip; print(".".join(map(str, sys.version_info[:3])))';
  const run = spawnSync(python, ['-c', probe], { encoding: 'utf8' });
  if (run.error) fail(`interpreter '${python}' not found; install Python ${OLDEST_PYTHON.join('.')} or set PYTHON`);
  if (run.status !== 0) fail(`'${python}' cannot make virtual environments; on Debian: apt install python3-venv`);
  const version = run.stdout.trim();
  const [major, minor] = version.split('.').map(Number);
  if (major < OLDEST_PYTHON[0] || (major === OLDEST_PYTHON[0] && minor < OLDEST_PYTHON[1])) {
    fail(`interpreter must be Python ${OLDEST_PYTHON.join('.')} or newer, got ${version}; set PYTHON to a newer one`);
  }
  return version;
}

/** Runs pip and prints one line per eight packages, so that a slow network is seen to move. */
function install(pip, total) {
  return new Promise((resolve) => {
    const child = spawn(pip, ['install', '--no-input', '--progress-bar', 'off', '--no-deps', '--require-hashes', '--requirement', HASHES]);
    let seen = 0;
    let errors = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      for (const line of text.split('\n')) {
        if (line.startsWith('Collecting ') && (++seen % 8 === 0 || seen === total)) {
          console.log(`python tools: fetched ${seen} of ${total} packages`);
        }
        if (line.startsWith('Installing collected')) console.log('python tools: unpacking, about half a minute');
      }
    });
    child.stderr.setEncoding('utf8').on('data', (text) => (errors += text));
    child.on('close', (status) => resolve({ status, errors }));
  });
}

async function main(args) {
  if (args.includes('--help')) return console.log(HELP);
  const unknown = args.find((arg) => arg !== '--dry-run');
  if (unknown) fail(`unknown argument '${unknown}'; see --help`, 2);

  const dryRun = args.includes('--dry-run');
  const work = () => bringUpToDate(dryRun);
  await (dryRun ? work() : withLock(`${VENV}.lock`, 'python tools: another run is installing them, waiting', work));
}

/** Makes the environment anew unless its stamp says that it is what is pinned. */
async function bringUpToDate(dryRun) {
  const python = process.env.PYTHON || 'python3';
  const requirements = readFileSync(REQUIREMENTS, 'utf8');
  const stamp = createHash('sha256').update(`${interpreterVersion(python)}\n${requirements}`).digest('hex');
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === stamp) return console.log('python tools: up to date');

  const total = requirements.match(/^[A-Za-z]/gm).length;
  console.log(`python tools: installing ${total} pinned packages into .tools/python`);
  if (dryRun) return;

  rmSync(VENV, { recursive: true, force: true });
  mkdirSync(dirname(VENV), { recursive: true });
  const made = spawnSync(python, ['-m', 'venv', VENV], { encoding: 'utf8' });
  if (made.status !== 0) fail(`cannot make .tools/python: ${made.stderr.trim()}`);

  const { status, errors } = await install(join(VENV, 'bin', 'pip'), total);
  if (status !== 0) {
    const last = errors.trim().split('\n').filter((line) => line.startsWith('ERROR')).join('\n') || errors.trim();
    fail(`pip could not install the packages (is the network there?):\n${last}\nnothing is kept half-done: run again`);
  }
  writeFileSync(STAMP, stamp);
  console.log('python tools: ready in .tools/python/bin');
}

await main(process.argv.slice(2));
