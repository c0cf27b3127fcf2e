import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';

const HERE = __dirname;
const STAND_INS = join(HERE, '..', 'stand-ins');
const CACHE = join(HERE, '..', '..', '.cache', 'drill');
/** What decides the content of the image; stand-ins are not among them, they are put in when it is unpacked. */
const RECIPE = ['base.packages', 'build-image.sh', 'fetch-offline.sh', 'make-repository.sh'];

/** What a container has packages for: the roles of the host, or those of the guests. */
export type ImageKind = 'host' | 'guest';
/** Packages of the offline repository of each kind. */
const OFFLINE: Readonly<Record<ImageKind, string>> = { host: 'offline.packages', guest: 'guest.packages' };

/** Programs of the host that a container needs, and the Debian package each comes in. */
const PROGRAMS: Record<string, string> = {
  mmdebstrap: 'mmdebstrap',
  'systemd-nspawn': 'systemd-container',
  nsenter: 'util-linux',
  ip: 'iproute2',
  'ssh-keygen': 'openssh-client',
};

/**
 * Why containers cannot be started on this machine, or undefined when they can.
 * Meant for a test suite, which then says so and counts its tests as skipped.
 */
export function whyNoContainers(): string | undefined {
  if (!existsSync(join(CACHE, '..', '..', '.tools', 'python', '.stamp'))) return 'Ansible is not installed; run: node tools/python.mjs';
  if (process.getuid?.() !== 0) return 'drill containers need root (namespaces, overlay mounts, device nodes)';
  const missing = Object.keys(PROGRAMS).filter((name) => spawnSync('which', [name]).status !== 0);
  if (missing.length === 0) return undefined;
  return `drill containers need ${missing.join(', ')}; on Debian: apt install ${missing.map((name) => PROGRAMS[name]).join(' ')}`;
}

/**
 * Path of the image's tar, built on first use and kept under .cache by the hash of its recipe.
 * Progress goes to standard error. Throws when the build fails.
 */
export function imageTar(kind: ImageKind = 'host'): string {
  const tar = cached(kind, [...RECIPE, OFFLINE[kind]].map((file) => join(HERE, file)), '.tar');
  if (!existsSync(tar)) {
    const built = spawnSync(join(HERE, 'build-image.sh'), [tar, join(HERE, OFFLINE[kind])], { stdio: ['ignore', 'inherit', 'inherit'] });
    if (built.status !== 0) throw new Error(`drill image could not be built, exit code ${built.status}; the reason is printed above`);
  }
  return tar;
}

/** Path below .cache/drill that changes when one of the files does that decide what is in it. */
export function cached(kind: string, files: readonly string[], ending = ''): string {
  const hash = createHash('sha256');
  for (const file of files) hash.update(readFileSync(file));
  return join(CACHE, `debian-13-${kind}-${hash.digest('hex').slice(0, 12)}${ending}`);
}

/**
 * A folder with the image's files, dressed as a Proxmox VE host with the stand-ins in it, or as a guest; read only, for overlays.
 * Unpacked once, and kept beside the image until something changes that is in it. Throws when that fails.
 */
export function rootFolder(kind: ImageKind = 'host'): string {
  const [dress, own] = kind === 'guest' ? [join(HERE, 'dress-guest.sh'), []] : [join(STAND_INS, 'install.sh'), filesBelow(STAND_INS)];
  const tar = imageTar(kind);
  const folder = cached(`${kind}-root`, [join(HERE, 'dress-host.sh'), dress, ...own], `-${basename(tar, '.tar').slice(-12)}`);
  if (existsSync(folder)) return folder;
  keepFolder(folder, (fresh) => {
    mkdirSync(fresh);
    for (const [command, args] of [['tar', ['-C', fresh, '--xattrs', '-xf', tar]], [join(HERE, 'dress-host.sh'), [fresh]], [dress, [fresh]]] as const) {
      const run = spawnSync(command, args, { encoding: 'utf8' });
      if (run.status !== 0) throw new Error(`'${command}' failed: ${run.stderr}`);
    }
  });
  return folder;
}

/**
 * Makes a folder that several runs want: it gets its name when it is whole, and the one of a run that was quicker stays.
 * @param make fills the folder of the path that it is given, which is not there yet
 */
export function keepFolder(folder: string, make: (fresh: string) => void): void {
  const fresh = `${folder}.${process.pid}`;
  try {
    make(fresh);
    renameSync(fresh, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

/** Every file below a folder, sorted. */
export function filesBelow(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile() && !entry.parentPath.includes('__pycache__')).map((entry) => join(entry.parentPath, entry.name)).sort();
}
