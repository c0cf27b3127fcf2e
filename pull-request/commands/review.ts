import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { value, type Verb } from '../../common/verb';
import { replaceFile } from '../../common/replace-file';
import { reviewHtml } from '../../review/document/html';
import { reviewMarkdown } from '../../review/document/markdown';
import { reviewOf, type Review } from '../../review/document/review';
import { committed, workTree, type Version } from '../checkout';
import { readVersion } from '../read-version';
import { planRehearsed } from '../rehearsed';

/** `make review`: compares two versions of the house and prints the document. */
export const reviewVerb: Verb = {
  summary: 'compares the work tree, or a commit, with a base (default main) and prints what would happen to the house',
  options: {
    base: value('REF', 'what is compared with (default main)'),
    head: value('REF', 'the version that is reviewed (default: the work tree)'),
    out: value('FOLDER', 'also writes review.md and review.html there'),
  },
  examples: ['review', 'review --base HEAD~1 --out review'],
  run: async (root, { options }) => {
    const base = committed(root, String(options.base ?? 'main'));
    const head = options.head === undefined ? workTree(root) : committed(root, String(options.head));
    const review = await compare(base, head);
    const text = review ? reviewMarkdown(review) : '';
    if (options.out !== undefined) write(String(options.out), { 'review.md': text, 'review.html': review ? reviewHtml(review) : '' });
    process.stdout.write(text);
    if (!review) console.error(`review: nothing changes between ${base.name} and ${head.name}`);
    return 0;
  },
};

/** Plans and compares two versions; null when nothing changes. */
export async function compare(base: Version, head: Version): Promise<Review | null> {
  const { plans, findings } = await planRehearsed(base, head);
  return reviewOf({ base: base.name, kind: 'rehearsed', plans, findings, before: readVersion(base), after: readVersion(head) });
}

function write(folder: string, files: Readonly<Record<string, string>>): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) replaceFile(join(folder, name), text);
}
