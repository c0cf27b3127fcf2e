import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const BUILD = join(__dirname, 'build');
const CONTAINERS = join(__dirname, '..', 'containers');

/** Folder of everything the machines are made of and write while they run; git-ignored, seen by QEMU under its own path. */
export const CACHE = join(__dirname, '..', '..', '.cache', 'drill');

/** Programs of the build host that are not in the toolbox, and the Debian package each comes in. */
const PROGRAMS: Record<string, string> = { perl: 'perl', 'apt-get': 'apt', unshare: 'util-linux', setpriv: 'util-linux', chroot: 'coreutils', ssh: 'openssh-client' };

/** The files a machine starts from. */
export interface SystemImage {
  /** Compressed disk with the system; never written, each machine puts an overlay on it. */
  readonly disk: string;
  readonly kernel: string;
  readonly initrd: string;
  /** Private key of root's login. */
  readonly key: string;
}

/**
 * Why machines cannot be started here, or undefined when they can.
 * Meant for a test suite, which then says so and counts its tests as skipped.
 */
export function whyNoMachine(): string | undefined {
  if (process.getuid?.() !== 0) return 'drill machines need root (a Debian root folder is unpacked, a namespace is entered)';
  const missing = Object.keys(PROGRAMS).filter((name) => spawnSync('which', [name]).status !== 0);
  if (missing.length === 0) return [toolboxFolder(), systemFolder()].every(existsSync) ? undefined : whyNoBuild();
  return `drill machines need ${missing.join(', ')}; on Debian: apt install ${missing.map((name) => PROGRAMS[name]).join(' ')}`;
}

/**
 * Root folder with QEMU and the disk tools, built on first use (about 40 seconds) and kept by the hash of its recipe.
 * Throws when the build fails.
 */
export function toolbox(): string {
  const folder = toolboxFolder();
  if (!existsSync(folder)) {
    process.stderr.write('drill machine: unpacking QEMU (about a minute)\n');
    const packages = readFileSync(join(BUILD, 'toolbox.packages'), 'utf8').split('\n').filter((line) => /^[^#]/.test(line));
    rmSync(`${folder}.new`, { recursive: true, force: true });
    build('debian-root.sh', [`${folder}.new`, packages.join(',')]);
    renameSync(`${folder}.new`, folder);
  }
  return folder;
}

/**
 * The system image, built on first use (ten minutes cold, two when ZFS's modules are there) and kept by the hash of its
 * recipe. Progress goes to standard error. Throws when the build fails.
 */
export function systemImage(): SystemImage {
  const folder = systemFolder();
  if (!existsSync(folder)) build('system.sh', [CACHE, toolbox(), folder]);
  return {
    disk: join(folder, 'system.qcow2'),
    kernel: join(folder, 'vmlinuz'),
    initrd: join(folder, 'initrd.img'),
    key: join(folder, 'key'),
  };
}

/** Command and arguments that run a program of the toolbox; files below CACHE have the same path inside. */
export function inToolbox(command: readonly string[]): [string, string[]] {
  return [join(BUILD, 'in-toolbox.sh'), [toolbox(), CACHE, ...command]];
}

/** Makes a folder below the cache that carries our PID; those of processes that are gone are removed. */
export function ownFolder(kind: string): string {
  mkdirSync(CACHE, { recursive: true });
  for (const name of readdirSync(CACHE)) {
    const owner = /^[a-z]+-(\d+)-[^.]{6}$/.exec(name)?.[1];
    if (owner && !existsSync(`/proc/${owner}`)) rmSync(join(CACHE, name), { recursive: true, force: true });
  }
  return mkdtempSync(join(CACHE, `${kind}-${process.pid}-`));
}

function cached(name: string, recipe: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of [...recipe].sort()) hash.update(readFileSync(file));
  mkdirSync(CACHE, { recursive: true });
  return join(CACHE, `${name}-${hash.digest('hex').slice(0, 12)}`);
}

function toolboxFolder(): string {
  return cached('toolbox', [join(BUILD, 'toolbox.packages')]);
}

function systemFolder(): string {
  const recipe = readdirSync(BUILD).filter((name) => name !== 'toolbox.packages').map((name) => join(BUILD, name));
  const shared = ['base.packages', 'fetch-offline.sh', 'make-repository.sh', 'dress-host.sh'].map((name) => join(CONTAINERS, name));
  return cached('system', [...recipe, ...shared]);
}

/** Why the system cannot be built, or undefined: asks for one small file of the mirror, with apt's own proxy settings. */
function whyNoBuild(): string | undefined {
  const mirror = spawnSync(join(__dirname, '..', 'mirror.sh'), { encoding: 'utf8' });
  if (mirror.status !== 0) return mirror.stderr.trim();
  const address = `${mirror.stdout.trim()}/dists/trixie/InRelease`;
  const folder = ownFolder('probe');
  const options = ['APT::Sandbox::User=root', 'Acquire::Retries=1', 'Acquire::http::Timeout=20', 'Acquire::https::Timeout=20'];
  const args = [...options.flatMap((option) => ['-o', option]), 'download-file', address, join(folder, 'InRelease')];
  const probe = spawnSync('/usr/lib/apt/apt-helper', args, { encoding: 'utf8', timeout: 120_000 });
  rmSync(folder, { recursive: true, force: true });
  return probe.status === 0 ? undefined : `the machine is not built yet, and '${address}' cannot be reached; set DEBIAN_MIRROR to a mirror that can`;
}

/** Runs a script of the build where neither its mounts nor its processes can outlive it, however it ends. */
function build(script: string, args: string[]): void {
  const alone = ['--pdeathsig', 'KILL', 'unshare', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc', join(BUILD, script)];
  const work = ownFolder('building');
  const run = spawnSync('setpriv', [...alone, ...args], { stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, DRILL_WORK: work } });
  rmSync(work, { recursive: true, force: true });
  if (run.status !== 0) throw new Error(`'${script}' failed with exit code ${run.status ?? run.signal}; the reason is printed above`);
}
