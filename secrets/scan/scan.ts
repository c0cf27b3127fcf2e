import { spawnSync } from 'node:child_process';

import { blobContents, commitMessages, committedBlobs, git, objectOf, stagedBlobs, type Blob } from './blobs';
import { exampleProblems } from './example';
import { leaks } from './leaks';
import { fileProblems, linkProblems } from './rules';
import { unpack, type Looked } from './unpack';

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
  const messages = scope.kind === 'staged' ? [] : commitMessages(root, scope.range);
  const files = unpacked.flatMap((each) => each.files);
  return [
    ...new Set([
      ...of('submodule').map(({ path }) => `${path}: a submodule's content is in another repository, where nothing of this is looked at`),
      ...of('link').flatMap(({ path, id }) => linkProblems(path, contents.get(id)!.toString())),
      ...unpacked.flatMap(({ closed }) => closed),
      ...files.flatMap(fileProblems),
      ...(isHistory(scope) ? [] : of('file').flatMap(({ path, id }) => exampleProblems(path, contents.get(id)!))),
      ...leaks([...files, ...messages]),
    ]),
  ];
}

/** The refs that a push names, from the lines that git gives its pre-push hook; without deleted ones. */
function pushedRefs(lines: string): (readonly [name: string, id: string, known: string])[] {
  const refs = lines.split('\n').filter(Boolean).map((line) => line.split(' '));
  return refs.filter(([, local]) => !NOTHING.test(local!)).map(([name, local, , known]) => [name!, local!, known!] as const);
}

/**
 * What keeps refs from being pushed by themselves: a tag has a text of its own, and one that names a file or a folder brings content
 * that no commit holds.
 * @param lines `<local ref> <local id> <remote ref> <remote id>`
 */
export function refProblems(root: string, lines: string): string[] {
  return pushedRefs(lines).flatMap(([name, id]) => {
    const texts: Looked[] = [];
    for (let at = id; ; ) {
      const { type, content } = objectOf(root, at);
      if (type === 'commit') return leaks(texts);
      if (type !== 'tag') return [`${name}: it names a ${type === 'tree' ? 'folder' : 'file'} that is in no commit, where nothing of this is looked at`];
      texts.push({ path: `text of ${name}`, content: Buffer.from(content) });
      at = /^object ([0-9a-f]+)$/m.exec(content)![1]!;
    }
  });
}

/**
 * The commits that a push would bring to a remote.
 * @param lines `<local ref> <local id> <remote ref> <remote id>`
 * @returns one range of commits per pushed ref; none for a deleted one
 */
export function pushedRanges(root: string, remote: string, lines: string): string[][] {
  return pushedRefs(lines)
    .map(([, local, known]) => {
      // The remote's own commit may not be here, when somebody else pushed it.
      const isHere = !NOTHING.test(known) && spawnSync('git', ['cat-file', '-e', `${known}^{commit}`], { cwd: root }).status === 0;
      return isHere ? [`${known}..${local}`] : [local, '--not', `--remotes=${remote}`];
    })
    .filter((range) => git(root, ['rev-list', '--count', ...range]).trim() !== '0');
}
