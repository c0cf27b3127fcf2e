import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const HERE = __dirname;
const CACHE = join(HERE, '..', '..', '.cache', 'drill');
/** What decides the content of the image; stand-ins are not among them, they are put in when a container starts. */
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
  const hash = createHash('sha256');
  for (const file of [...RECIPE, OFFLINE[kind]]) hash.update(readFileSync(join(HERE, file)));
  const tar = join(CACHE, `debian-13-${kind}-${hash.digest('hex').slice(0, 12)}.tar`);
  if (!existsSync(tar)) {
    const built = spawnSync(join(HERE, 'build-image.sh'), [tar, join(HERE, OFFLINE[kind])], { stdio: ['ignore', 'inherit', 'inherit'] });
    if (built.status !== 0) throw new Error(`drill image could not be built, exit code ${built.status}; the reason is printed above`);
  }
  return tar;
}

const unpacked = new Map<ImageKind, string>();

/**
 * A folder with the image's files, dressed as a Proxmox VE host with the stand-ins in it, or as a guest; read only, for overlays.
 * Unpacked once per process and removed when the process ends.
 */
export function rootFolder(kind: ImageKind = 'host'): string {
  const known = unpacked.get(kind);
  if (known) return known;
  const folder = mkdtempSync(join(tmpdir(), 'homelab-image-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  for (const [command, args] of [
    ['tar', ['-C', folder, '--xattrs', '-xf', imageTar(kind)]],
    [join(HERE, 'dress-host.sh'), [folder]],
    [kind === 'guest' ? join(HERE, 'dress-guest.sh') : join(HERE, '..', 'stand-ins', 'install.sh'), [folder]],
  ] as const) {
    const run = spawnSync(command, args, { encoding: 'utf8' });
    if (run.status !== 0) throw new Error(`'${command}' failed: ${run.stderr}`);
  }
  unpacked.set(kind, folder);
  return folder;
}
