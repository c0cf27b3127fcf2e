import { spawnSync } from 'node:child_process';

import { Refusal } from '../../common/refusal';

/** One version of one file that git would keep. */
export interface Blob {
  readonly path: string;
  /** Id of its content; of a submodule, the commit elsewhere. */
  readonly id: string;
  /** A link's content is where it points to; a submodule's is in another repository. */
  readonly kind: 'file' | 'link' | 'submodule';
}

const KINDS: Readonly<Record<string, Blob['kind']>> = { 120000: 'link', 160000: 'submodule' };
const MAX_BUFFER = 1024 * 1024 * 1024;

/** Runs git in a project, with nothing of the owner's settings that would hide a change. @throws Refusal with git's own words */
export function git(root: string, args: readonly string[]): string {
  const run = spawnSync('git', ['--no-replace-objects', '-c', 'log.showRoot=true', ...args], { cwd: root, encoding: 'utf8', maxBuffer: MAX_BUFFER });
  if (run.error) throw new Refusal(`git cannot be started: ${run.error.message}`);
  if (run.status !== 0) throw new Refusal(`git ${args[0]} failed: ${run.stderr.trim()}`);
  return run.stdout;
}

/** Reads the records of git's raw format: `:oldmode newmode old new status`, then the path. */
function parseRaw(raw: string): Blob[] {
  const records = raw.split('\0').map((part) => part.replace(/^\n+/, ''));
  return records.flatMap((record, index) => {
    const [, mode, id] = /^:\d+ (\d+) [0-9a-f]+ ([0-9a-f]+) [A-Z]\d*$/.exec(record) ?? [];
    return mode && id ? [{ path: records[index + 1]!, id, kind: KINDS[mode] ?? 'file' }] : [];
  });
}

// Everything but a deletion: a file in place of a link is of type T, and git knows more types than A and M.
const RAW = ['--raw', '--no-abbrev', '--no-renames', '--no-relative', '--ignore-submodules=none', '--diff-filter=d', '-z'];

/** What the next commit would add or change. */
export function stagedBlobs(root: string): Blob[] {
  return parseRaw(git(root, ['diff', '--cached', ...RAW]));
}

/** What commits added or changed, merges included. @param range as for `git log`, e.g. `origin/main..main` */
export function committedBlobs(root: string, range: readonly string[]): Blob[] {
  return parseRaw(git(root, ['log', '-m', '--format=', ...RAW, ...range]));
}

/**
 * What people wrote with commits: messages, and notes on them.
 * @returns by commit, as files are looked at
 */
export function commitMessages(root: string, range: readonly string[]): { readonly path: string; readonly content: Buffer }[] {
  const parts = git(root, ['log', '-z', '--format=%h%n%an%n%B%n%N', ...range]).split('\0').filter(Boolean);
  return parts.map((part) => ({ path: `message of commit ${part.slice(0, part.indexOf('\n'))}`, content: Buffer.from(part.slice(part.indexOf('\n'))) }));
}

/** An object that a ref names. @throws Refusal when it is not in the repository */
export function objectOf(root: string, id: string): { readonly type: string; readonly content: string } {
  const type = git(root, ['cat-file', '-t', id]).trim();
  return { type, content: type === 'tag' ? git(root, ['cat-file', 'tag', id]) : '' };
}

/** Contents of blobs by id, in one run of git. @throws Refusal when one is not in the repository, as in a shallow clone */
export function blobContents(root: string, ids: readonly string[]): Map<string, Buffer> {
  const run = spawnSync('git', ['--no-replace-objects', 'cat-file', '--batch'], { cwd: root, input: ids.join('\n'), maxBuffer: MAX_BUFFER });
  if (run.status !== 0) throw new Refusal(`git cat-file failed: ${run.error?.message ?? run.stderr.toString().trim()}`);
  const contents = new Map<string, Buffer>();
  for (let at = 0; at < run.stdout.length; ) {
    const end = run.stdout.indexOf('\n', at);
    const [id, type, size] = run.stdout.subarray(at, end).toString().split(' ');
    if (type !== 'blob') throw new Refusal(`git has no content for ${id}; nothing can be said about it. Fetch the whole history: git fetch --unshallow`);
    at = end + 1 + Number(size) + 1;
    contents.set(id!, run.stdout.subarray(end + 1, at - 1));
  }
  return contents;
}
