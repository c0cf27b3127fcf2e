import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

import { toolPath } from '../../tools/tool-path';
import { Refusal } from '../../common/refusal';
import { blobContent, committedBlobs, git, stagedBlobs, type Blob } from './blobs';
import { fileProblems } from './rules';

/** What is looked at: the next commit, commits that are about to be pushed, or everything there ever was. */
export type Scope = { readonly kind: 'staged' } | { readonly kind: 'commits'; readonly range: readonly string[] };

const CONFIG = join(__dirname, 'gitleaks.toml');
const LEAKS = 3;
const NOTHING = /^0+$/;

/** Runs gitleaks, values hidden in what it says. @returns what it found, or nothing */
function leaks(root: string, scope: Scope): string[] {
  const where = scope.kind === 'staged' ? ['--pre-commit', '--staged'] : [`--log-opts=${scope.range.join(' ')}`];
  const args = ['git', '--no-banner', '--no-color', '--redact=100', '--verbose', `--exit-code=${LEAKS}`, '--config', CONFIG, ...where, root];
  const run = spawnSync(toolPath('gitleaks'), args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  if (run.status === 0) return [];
  if (run.status !== LEAKS) throw new Refusal(`gitleaks failed (exit code ${run.status}): ${run.stderr.trim()}`);
  const field = (text: string, name: string) => new RegExp(`^${name}:\\s+(.+)$`, 'm').exec(text)?.[1] ?? '';
  return run.stdout
    .split(/\n\n+/)
    .filter((part) => part.includes('RuleID:'))
    .map((part) => `${field(part, 'File')}, line ${field(part, 'Line')}: looks like a secret (${field(part, 'RuleID')})`);
}

/** Everything that keeps a scope from being committed or pushed. */
export function scan(root: string, scope: Scope): string[] {
  const blobs: Blob[] = scope.kind === 'staged' ? stagedBlobs(root) : committedBlobs(root, scope.range);
  const seen = new Map(blobs.map((blob) => [`${blob.path} ${blob.id}`, blob]));
  const own = [...seen.values()].flatMap((blob) => fileProblems(blob.path, () => blobContent(root, blob)));
  return [...new Set([...own, ...leaks(root, scope)])];
}

/**
 * The commits that a push would bring to a remote, from the lines that git gives its pre-push hook.
 * @param lines `<local ref> <local id> <remote ref> <remote id>`
 * @returns one range of commits per pushed ref; none for a deleted one
 */
export function pushedRanges(root: string, remote: string, lines: string): string[][] {
  return lines
    .split('\n')
    .filter(Boolean)
    .map((line) => line.split(' '))
    .filter(([, local]) => !NOTHING.test(local!))
    .map(([, local, , known]) => {
      // The remote's own commit may not be here, when somebody else pushed it.
      const isHere = !NOTHING.test(known!) && spawnSync('git', ['cat-file', '-e', `${known}^{commit}`], { cwd: root }).status === 0;
      return isHere ? [`${known}..${local}`] : [local!, '--not', `--remotes=${remote}`];
    })
    .filter((range) => git(root, ['rev-list', '--count', ...range]).trim() !== '0');
}
