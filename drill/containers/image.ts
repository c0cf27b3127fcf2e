import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const HERE = __dirname;
const CACHE = join(HERE, '..', '..', '.cache', 'drill');
/** What decides the content of the image; stand-ins are not among them, they are put in when a container starts. */
const RECIPE = ['base.packages', 'offline.packages', 'build-image.sh', 'fetch-offline.sh', 'make-repository.sh'];

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
export function imageTar(): string {
  const hash = createHash('sha256');
  for (const file of RECIPE) hash.update(readFileSync(join(HERE, file)));
  const tar = join(CACHE, `debian-13-${hash.digest('hex').slice(0, 12)}.tar`);
  if (!existsSync(tar)) {
    const built = spawnSync(join(HERE, 'build-image.sh'), [tar], { stdio: ['ignore', 'inherit', 'inherit'] });
    if (built.status !== 0) throw new Error(`drill image could not be built, exit code ${built.status}; the reason is printed above`);
  }
  return tar;
}

let unpacked: string | undefined;

/**
 * A folder with the image's files, dressed as a Proxmox VE host and with the stand-ins in it; read only, for overlays.
 * Unpacked once per process and removed when the process ends.
 */
export function rootFolder(): string {
  if (unpacked) return unpacked;
  const folder = mkdtempSync(join(tmpdir(), 'homelab-image-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  for (const [command, args] of [
    ['tar', ['-C', folder, '--xattrs', '-xf', imageTar()]],
    [join(HERE, 'dress-host.sh'), [folder]],
    [join(HERE, '..', 'stand-ins', 'install.sh'), [folder]],
  ] as const) {
    const run = spawnSync(command, args, { encoding: 'utf8' });
    if (run.status !== 0) throw new Error(`'${command}' failed: ${run.stderr}`);
  }
  return (unpacked = folder);
}
