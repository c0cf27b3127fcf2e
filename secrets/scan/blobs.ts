import { spawnSync } from 'node:child_process';

import { Refusal } from '../../common/refusal';

/** One version of one file that git would keep. */
export interface Blob {
  readonly path: string;
  /** Id of its content. */
  readonly id: string;
}

const SYMBOLIC_LINK = '120000';

/** Runs git in a project. @throws Refusal with git's own words */
export function git(root: string, args: readonly string[]): string {
  const run = spawnSync('git', [...args], { cwd: root, encoding: 'utf8', maxBuffer: 1024 * 1024 * 1024 });
  if (run.error) throw new Refusal(`git cannot be started: ${run.error.message}`);
  if (run.status !== 0) throw new Refusal(`git ${args[0]} failed: ${run.stderr.trim()}`);
  return run.stdout;
}

/** Reads the lines of git's raw format: `:oldmode newmode old new status<TAB>path`. */
function parseRaw(raw: string): Blob[] {
  const records = raw.split('\0').map((part) => part.replace(/^\n+/, ''));
  return records.flatMap((record, index) => {
    const [, mode, , id] = /^:\d+ (\d+) ([0-9a-f]+) ([0-9a-f]+) [AM]$/.exec(record) ?? [];
    return mode && id && mode !== SYMBOLIC_LINK ? [{ path: records[index + 1]!, id }] : [];
  });
}

const RAW = ['--raw', '--no-abbrev', '--no-renames', '--diff-filter=AM', '-z'];

/** What the next commit would add or change. */
export function stagedBlobs(root: string): Blob[] {
  return parseRaw(git(root, ['diff', '--cached', ...RAW]));
}

/** What commits added or changed, merges included. @param range as for `git log`, e.g. `origin/main..main` */
export function committedBlobs(root: string, range: readonly string[]): Blob[] {
  return parseRaw(git(root, ['log', '-m', '--format=', ...RAW, ...range]));
}

/** The content of a blob. */
export function blobContent(root: string, { id }: Blob): string {
  return git(root, ['cat-file', 'blob', id]);
}
