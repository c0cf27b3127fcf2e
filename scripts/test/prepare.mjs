// What the tests need of the machine beside node and npm, looked for before the first suite starts.
import { spawnSync } from 'node:child_process';

const answers = (program, args) => spawnSync(program, args, { stdio: 'ignore' }).status === 0;

/** Program or module, how it is looked for, and Debian's package of it. */
const NEEDS = [
  { what: 'git', there: () => answers('git', ['--version']), package: 'git' },
  { what: 'ssh', there: () => answers('which', ['ssh']), package: 'openssh-client' },
  { what: 'Python with venv and pip', there: () => answers('python3', ['-c', 'import venv, ensurepip']), package: 'python3-venv' },
  { what: 'Go', there: () => answers('go', ['version']), package: 'golang-go' },
  { what: 'mmdebstrap', there: () => answers('which', ['mmdebstrap']), package: 'mmdebstrap' },
  { what: 'systemd-nspawn', there: () => answers('which', ['systemd-nspawn']), package: 'systemd-container' },
  { what: 'ip', there: () => answers('which', ['ip']), package: 'iproute2' },
  { what: 'nft', there: () => answers('nft', ['--version']), package: 'nftables' },
  { what: 'dnsmasq', there: () => answers('dnsmasq', ['--version']), package: 'dnsmasq-base' },
  { what: 'cmark-gfm', there: () => answers('cmark-gfm', ['--version']), package: 'cmark-gfm' },
  { what: 'debconf', there: () => answers('which', ['debconf-set-selections']), package: 'debconf' },
  { what: 'systemd-analyze', there: () => answers('which', ['systemd-analyze']), package: 'systemd' },
  { what: 'restic', there: () => answers('restic', ['version']), package: 'restic' },
  { what: 'Chromium', there: () => answers('which', ['chromium']), package: 'chromium' },
  { what: 'perl', there: () => answers('which', ['perl']), package: 'perl' },
];

/**
 * Brings what is missing on a Debian where this is root.
 * @returns {string | undefined} where that cannot be done: what is missing and what to type
 */
export function prepare() {
  const missing = NEEDS.filter(({ there }) => !there());
  if (missing.length === 0) return undefined;
  const packages = missing.map((need) => need.package).join(' ');
  const sentence = `missing: ${missing.map(({ what }) => what).join(', ')}; on Debian, as root: apt-get update && apt-get install --no-install-recommends ${packages}`;
  if (process.getuid?.() !== 0 || !answers('which', ['apt-get'])) return sentence;
  console.log(`test: installing ${packages}`);
  const apt = (...args) => spawnSync('apt-get', ['-qq', '--yes', ...args], { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }).status;
  apt('update');
  apt('install', '--no-install-recommends', ...packages.split(' '));
  return NEEDS.every(({ there }) => there()) ? undefined : sentence;
}
