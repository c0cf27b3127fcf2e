import { spawnSync } from 'node:child_process';

/**
 * Brings programs of Debian that a test runs, once. As root on Debian they are installed; elsewhere the reason why not
 * is thrown, since a test that needs the real program proves nothing without it.
 * @param programs name of the program and the package it comes in
 */
export function bringFromDebian(programs: Readonly<Record<string, string>>): void {
  const missing = Object.keys(programs).filter((program) => spawnSync('which', [program]).status !== 0);
  if (missing.length === 0) return;
  const packages = [...new Set(missing.map((program) => programs[program]!))];
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...args: string[]) => spawnSync('apt-get', ['-qq', '-o', 'DPkg::Lock::Timeout=120', ...args], { encoding: 'utf8', env });
  apt('update');
  const installed = apt('install', '--yes', '--no-install-recommends', ...packages);
  if (installed.status !== 0) throw new Error(`these tests need ${packages.join(', ')} of Debian: ${installed.stderr ?? installed.error?.message}`);
}
