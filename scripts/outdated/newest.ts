import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

/** How the newest version of something is asked for: a program that people have, and where in its answer it stands. */
interface Registry {
  readonly command: (root: string, name: string) => readonly string[];
  readonly newest: RegExp;
}

/** Registries that can be asked without a key, each by its own client, which knows proxies and mirrors. */
const REGISTRIES: Readonly<Record<string, Registry>> = {
  npm: { command: (_root, name) => ['npm', 'view', name, 'dist-tags.latest'], newest: /^(\d\S*)\s*$/m },
  pypi: { command: (root, name) => [...pip(root), 'index', 'versions', '--disable-pip-version-check', name], newest: /^\S+ \(([^)]+)\)/m },
  go: { command: (_root, name) => ['go', 'list', '-m', '-f', '{{.Version}}', `${name}@latest`], newest: /^v(\S+)\s*$/m },
};

/** The project's own pip, or the machine's; HOMELAB_PIP names another. */
function pip(root: string): string[] {
  if (process.env['HOMELAB_PIP']) return [process.env['HOMELAB_PIP']];
  const own = join(root, '.tools/python/bin/python');
  return [existsSync(own) ? own : 'python3', '-m', 'pip'];
}

/** Names of the registries that are asked. */
export const ASKED: readonly string[] = Object.keys(REGISTRIES);

/** What came of asking: the newest version, or why it is not known. */
export type Newest = { readonly version: string } | { readonly unknown: string };

const TIMEOUT_MS = 60_000;

/** Asks a registry for the newest version of something. */
export async function newestOf(root: string, source: string, name: string): Promise<Newest> {
  const { command, newest } = REGISTRIES[source]!;
  const [program, ...args] = command(root, name);
  // Outside of the project: its own files decide nothing.
  const child = spawn(program!, args, { cwd: tmpdir(), stdio: ['ignore', 'pipe', 'pipe'], signal: AbortSignal.timeout(TIMEOUT_MS), env: { ...process.env, GO111MODULE: 'on', GOFLAGS: '-mod=mod' } });
  const failed = once(child, 'error').then(([error]) => ({ unknown: whyNot(program!, (error as NodeJS.ErrnoException).code) }));
  const asked = Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]).then(([stdout, stderr, [code]]) => {
    const found = newest.exec(stdout)?.[1];
    return code === 0 && found !== undefined ? { version: found } : { unknown: reason(stderr) ?? `'${program}' answered nothing that can be read` };
  });
  return Promise.race([failed, asked.catch((error: Error) => ({ unknown: error.message }))]);
}

const whyNot = (program: string, code: string | undefined): string => (code === 'ABORT_ERR' ? `'${program}' does not answer` : `'${program}' cannot be started (${code})`);

/** The first line that says what is wrong. */
const reason = (stderr: string): string | undefined =>
  stderr.split('\n').map((line) => line.trim()).find((line) => /error|fail|refused|denied|no such|not found|timeout/i.test(line))?.slice(0, 200);
