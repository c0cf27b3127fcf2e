// Makes one pinned tool, from Go modules or from a wheel, and knows whether it is already there.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

import { unpackWheel, wheelRequirements } from './wheel.mjs';

const PROGRESS_MS = 10_000;
/** Words of Go's errors that mean the module proxy was not reached. */
const NETWORK = /dial tcp|no such host|i\/o timeout|connection refused|TLS handshake|module lookup disabled|proxyconnect/;

/** Folder of a tool's binaries, below the git-ignored .tools/. */
export function toolFolder(root, tool) {
  return join(root, '.tools', `${tool.name}-${tool.version}${tool.patch ? `-patch${tool.patch}` : ''}`);
}

/** Folder of the module that pins a tool's sources by go.mod and their checksums by go.sum. */
function moduleFolder(root, tool) {
  return join(root, 'tools', 'go', tool.name);
}

/** Names of a tool's binaries. Go calls a package's binary by the last part of its path that is no major version. */
function binaries(tool) {
  return tool.binaries ?? tool.packages.map((path) => basename(path.replace(/\/v\d+$/, '')));
}

/** Hash of everything that decides what is built, kept beside the binaries. */
function recipe(root, tool) {
  if (tool.wheel) return createHash('sha256').update(readFileSync(wheelRequirements(root, tool))).digest('hex');
  const hash = createHash('sha256').update(JSON.stringify([tool.packages, tool.stamp]));
  const own = readdirSync(moduleFolder(root, tool)).filter((file) => file.endsWith('.go')).sort();
  for (const file of ['go.mod', 'go.sum', ...own]) hash.update(readFileSync(join(moduleFolder(root, tool), file)));
  return hash.digest('hex');
}

/** What is wrong with the binaries in a folder, or undefined when each reports the pinned version. */
function defect(folder, tool) {
  for (const binary of binaries(tool)) {
    const run = spawnSync(join(folder, binary), tool.versionArgs, { encoding: 'utf8', timeout: 60_000 });
    if (run.error) return `${binary} does not run: ${run.error.message}`;
    if (!`${run.stdout}${run.stderr}`.includes(tool.reports)) {
      return `${binary} should report '${tool.reports}', got '${run.stdout.trim().split('\n')[0]}'`;
    }
  }
  return undefined;
}

/** Whether the tool is there, of this version, and made from the committed go.mod and go.sum, or the wheel's hash. */
export function isBuilt(root, tool) {
  const stamp = join(toolFolder(root, tool), '.recipe');
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === recipe(root, tool) && !defect(toolFolder(root, tool), tool);
}

/** Throws unless a Go that can build the tool is on PATH. */
function requireGo(root, tool) {
  const [, wanted] = /^go (\S+)$/m.exec(readFileSync(join(moduleFolder(root, tool), 'go.mod'), 'utf8'));
  // In the module's folder Go answers as the toolchain that it would fetch from the module proxy for it.
  const run = spawnSync('go', ['env', 'GOVERSION'], { encoding: 'utf8', cwd: moduleFolder(root, tool), env: { ...process.env, GOTOOLCHAIN: 'auto' } });
  if (run.error) throw new Error(`Go ${wanted} or newer is needed to build it, and 'go' is not on PATH; install Go and run again`);
  const have = run.stdout.trim().replace(/^go/, '');
  if (have.localeCompare(wanted, undefined, { numeric: true }) < 0) {
    throw new Error(`Go ${wanted} or newer is needed to build it, got ${have}; install a newer Go and run again`);
  }
}

/** Explains a failed `go build` by what the owner can do about it. */
function explain(output, code) {
  const last = output.trim().split('\n').slice(-6).join('\n');
  if (NETWORK.test(output)) {
    return `its sources could not be fetched: is the network there, and GOPROXY right?\n${last}`;
  }
  return `go build failed with exit code ${code}:\n${last}`;
}

/** Runs `go build`, reporting elapsed seconds; the sources' checksums are those of go.sum, or Go refuses. */
function goBuild(root, tool, folder, signal, onProgress) {
  const flags = ['build', '-p=2', '-trimpath', '-buildvcs=false', '-mod=readonly'];
  const link = ['-s', '-w', ...tool.stamp.map((value) => `-X ${value}`)].join(' ');
  const env = { ...process.env, CGO_ENABLED: '0', GOTOOLCHAIN: 'auto', GOFLAGS: '', GOWORK: 'off' };
  const args = [...flags, '-ldflags', link, '-o', `${folder}/`, ...tool.packages];
  return new Promise((resolve, reject) => {
    const started = Date.now();
    const child = spawn('go', args, { cwd: moduleFolder(root, tool), env, signal, stdio: ['ignore', 'ignore', 'pipe'] });
    let output = '';
    child.stderr.setEncoding('utf8').on('data', (text) => (output += text));
    const elapsed = () => Math.round((Date.now() - started) / 1000);
    const timer = setInterval(() => onProgress(elapsed()), PROGRESS_MS);
    child.on('error', (error) => output += error.message);
    child.on('close', (code) => {
      clearInterval(timer);
      if (code === 0) resolve(elapsed());
      else reject(new Error(explain(output, code)));
    });
  });
}

/**
 * Makes the tool in its folder and returns the seconds it took.
 * @param signal aborts the build
 * @param onProgress called with the elapsed seconds, every ten
 */
export async function build(root, tool, signal, onProgress) {
  if (!tool.wheel) requireGo(root, tool);
  const folder = toolFolder(root, tool);
  const fresh = `${folder}.building`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true });
  try {
    const make = tool.wheel ? unpackWheel : goBuild;
    const seconds = await make(root, tool, fresh, signal, onProgress);
    const wrong = defect(fresh, tool);
    if (wrong) throw new Error(wrong);
    writeFileSync(join(fresh, '.recipe'), recipe(root, tool));
    rmSync(folder, { recursive: true, force: true });
    renameSync(fresh, folder);
    return seconds;
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}
