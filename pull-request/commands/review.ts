import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { WrongUsage } from '../../common/refusal';
import { flag, value, type Verb } from '../../common/verb';
import { replaceFile } from '../../common/replace-file';
import { reviewHtml } from '../../review/document/html';
import { reviewMarkdown } from '../../review/document/markdown';
import { reviewOf, type Review } from '../../review/document/review';
import { committed, synthesized, workTree, type Version } from '../checkout';
import { readVersion } from '../read-version';
import { planRehearsed } from '../rehearsed';

/** `make review`: compares two versions of the house and prints the document. */
export const reviewVerb: Verb = {
  summary: 'compares the work tree, or a commit, with a base (default main) and prints what would happen to the house',
  options: {
    base: value('REF', 'what is compared with (default main)'),
    head: value('REF', 'the version that is reviewed (default: the work tree)'),
    out: value('FOLDER', 'also writes review.md and review.html there'),
    real: flag('plans the work tree against the real state and the real host, with your secrets; for branches that you trust'),
  },
  examples: ['review', 'review --base HEAD~1 --out review', 'review --real'],
  run: async (root, { options }) => {
    if (options.real && options.head !== undefined) throw new WrongUsage('--real reviews the work tree, got --head as well: check that commit out, if its code may have your secrets');
    const base = committed(root, String(options.base ?? 'main'));
    const review = options.real ? await compareReal(root, base) : await compare(base, options.head === undefined ? workTree(root) : committed(root, String(options.head)));
    const text = review ? reviewMarkdown(review) : '';
    if (options.out !== undefined) write(String(options.out), { 'review.md': text, 'review.html': review ? reviewHtml(review) : '' });
    process.stdout.write(text);
    if (!review) console.error(`review: nothing changes between ${base.name} and ${String(options.head ?? 'the work tree')}`);
    return 0;
  },
};

/** Plans and compares two versions; null when nothing changes. */
export async function compare(base: Version, head: Version): Promise<Review | null> {
  return reviewOf({ base: base.name, ...(await planRehearsed(base, head)), before: readVersion(base), after: readVersion(head) });
}

/** The same of the work tree as it was synthesized for the real house. The room of the state is loaded for this alone. */
async function compareReal(root: string, base: Version): Promise<Review | null> {
  const { planReal } = await import('../real');
  return reviewOf({ base: base.name, ...(await planReal(root)), before: readVersion(base), after: readVersion(synthesized(root)) });
}

function write(folder: string, files: Readonly<Record<string, string>>): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) replaceFile(join(folder, name), text);
}
