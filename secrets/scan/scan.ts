import { spawnSync } from 'node:child_process';

import { blobContents, committedBlobs, git, stagedBlobs, type Blob } from './blobs';
import { exampleProblems } from './example';
import { leaks } from './leaks';
import { fileProblems, linkProblems } from './rules';
import { unpack } from './unpack';

/** What is looked at: the next commit, commits that are about to be pushed, or everything there ever was. */
export type Scope = { readonly kind: 'staged' } | { readonly kind: 'commits'; readonly range: readonly string[] };

const NOTHING = /^0+$/;
/** All history has examples of times before they were marked. */
const isHistory = (scope: Scope) => scope.kind === 'commits' && scope.range.includes('--all');

/** Everything that keeps a scope from being committed or pushed. */
export function scan(root: string, scope: Scope): string[] {
  const changed: Blob[] = scope.kind === 'staged' ? stagedBlobs(root) : committedBlobs(root, scope.range);
  const blobs = [...new Map(changed.map((blob) => [`${blob.path} ${blob.id}`, blob])).values()];
  const contents = blobContents(root, [...new Set(blobs.filter(({ kind }) => kind !== 'submodule').map(({ id }) => id))]);
  const of = (kind: Blob['kind']) => blobs.filter((blob) => blob.kind === kind);

  const unpacked = of('file').map(({ path, id }) => unpack({ path, content: contents.get(id)! }));
  const files = unpacked.flatMap((each) => each.files);
  return [
    ...new Set([
      ...of('submodule').map(({ path }) => `${path}: a submodule's content is in another repository, where nothing of this is looked at`),
      ...of('link').flatMap(({ path, id }) => linkProblems(path, contents.get(id)!.toString())),
      ...unpacked.flatMap(({ closed }) => closed),
      ...files.flatMap(fileProblems),
      ...(isHistory(scope) ? [] : of('file').flatMap(({ path, id }) => exampleProblems(path, contents.get(id)!))),
      ...leaks(files),
    ]),
  ];
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
