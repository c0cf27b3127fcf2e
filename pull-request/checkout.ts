import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Refusal } from '../common/refusal';

/** One version of the project, synthesized by its own code. */
export interface Version {
  /** As the owner named it. */
  readonly name: string;
  /** Commit, null for the work tree. */
  readonly commit: string | null;
  /** Folder of its source. */
  readonly source: string;
  /** Folder of what it emits. */
  readonly output: string;
  /** Folder for what is kept between two reviews. */
  readonly kept: string;
}

/** The definition of a version is refused by its own rules; the text is what synth said. */
export class RefusedDefinition extends Refusal {}

/** The work tree, synthesized now. */
export function workTree(root: string): Version {
  const kept = join(root, '.cache/review/work-tree');
  mkdirSync(kept, { recursive: true });
  const version = { name: 'the work tree', commit: null, source: root, output: join(kept, 'out'), kept };
  synthesize(version);
  return version;
}

/** The work tree as it was synthesized for the real house; its stacks lie where their states are looked for. */
export const synthesized = (root: string): Version => ({ name: 'the work tree', commit: null, source: root, output: join(root, 'cdktf.out'), kept: root });

/**
 * A committed version in a folder of its own, with the packages and bindings of the work tree when it asks for the
 * same ones. It is kept, so that the next review of the same base is quick.
 * @param ref anything that git knows as a commit
 */
export function committed(root: string, ref: string): Version {
  const commit = commitOf(root, ref);
  const folder = join(root, '.cache/review', commit);
  const version = { name: ref, commit, source: join(folder, 'source'), output: join(folder, 'out'), kept: folder };
  if (existsSync(folder)) return version;
  mkdirSync(join(root, '.cache/review'), { recursive: true });
  const fresh = mkdtempSync(join(root, '.cache/review/fresh-'));
  try {
    const source = join(fresh, 'source');
    mkdirSync(source);
    unpack(root, commit, source);
    borrow(root, source);
    synthesize({ ...version, source, output: join(fresh, 'out') });
    renameSync(fresh, folder);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
  return version;
}

function commitOf(root: string, ref: string): string {
  const found = spawnSync('git', ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`], { cwd: root, encoding: 'utf8' });
  if (found.status === 0) return found.stdout.trim();
  throw new Refusal(`git knows no commit '${ref}' here`, 'name a branch, tag or commit; in CI, fetch it first: git fetch origin main');
}

function unpack(root: string, commit: string, folder: string): void {
  const archive = spawnSync('git', ['archive', '--format=tar', commit], { cwd: root, maxBuffer: 1 << 30 });
  const unpacked = spawnSync('tar', ['-x', '-C', folder], { input: archive.stdout, encoding: 'utf8' });
  if (archive.status !== 0 || unpacked.status !== 0) throw new Refusal(`${commit} cannot be unpacked: ${archive.stderr}${unpacked.stderr}`);
}

/** Links what both versions ask for in the same words, and installs what they do not share. */
function borrow(root: string, source: string): void {
  const agree = (...files: string[]): boolean => files.every((file) => textOf(join(root, file)) === textOf(join(source, file)));
  const sharesPackages = agree('package-lock.json');
  if (sharesPackages) symlinkSync(join(root, 'node_modules'), join(source, 'node_modules'));
  else run(source, 'npm', ['ci', '--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error']);
  if (sharesPackages && agree('scripts/bindings/schema.json', 'common/provider.json', 'scripts/bindings/pin.mjs', 'scripts/bindings/generate.mjs')) {
    symlinkSync(join(root, '.gen'), join(source, '.gen'));
  } else run(source, process.execPath, ['scripts/bindings/get.mjs']);
}

const textOf = (path: string): string => (existsSync(path) ? readFileSync(path, 'utf8') : '');

function synthesize({ name, source, output }: Version): void {
  const { status, text } = call(source, process.execPath, ['scripts/synth/main.cjs'], { CDKTF_OUTDIR: resolve(output) });
  if (status === 0) return;
  throw new RefusedDefinition(`${name} cannot be synthesized:\n\n${text.trim()}`);
}

function run(folder: string, program: string, args: readonly string[]): void {
  const { status, text } = call(folder, program, args);
  if (status !== 0) throw new Refusal(`${program} ${args.join(' ')} failed: ${text.trim()}`, 'the base asks for other packages than the work tree');
}

function call(cwd: string, program: string, args: readonly string[], more: NodeJS.ProcessEnv = {}): { status: number | null; text: string } {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd, encoding: 'utf8', env: { ...process.env, ...more } });
  return { status, text: status === 0 ? stdout : `${stdout}${stderr}` };
}
