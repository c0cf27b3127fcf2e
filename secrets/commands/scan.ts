import { text } from 'node:stream/consumers';

import { flag } from '../../common/verb';
import { pushedRanges, refProblems, scan as scanScope, type Scope } from '../scan/scan';
import type { Command } from './command';

/** `scan`: the check of the git hooks and of CI. */
export const scan: Command = {
  words: '[REMOTE]',
  summary: 'looks for anything unencrypted in all history, in the next commit, or in a push',
  options: { staged: flag('the next commit'), push: flag('what is pushed to REMOTE, which git names on standard input') },
  async run({ root, say }, [remote = 'origin'], flags) {
    const lines = flags.has('push') ? await text(process.stdin) : '';
    const byRef = refProblems(root, lines);
    // What a ref names besides commits is refused by itself.
    const pushed = byRef.length > 0 ? [] : flags.has('push') ? pushedRanges(root, remote, lines) : [['--all']];
    const scopes: Scope[] = flags.has('staged') ? [{ kind: 'staged' }] : pushed.map((range) => ({ kind: 'commits', range }));
    const problems = [...byRef, ...scopes.flatMap((scope) => scanScope(root, scope))];
    for (const problem of problems) say(problem);
    if (problems.length === 0) return 0;
    const doing = flags.has('staged') ? 'committed' : flags.has('push') ? 'pushed' : 'kept';
    say(`${problems.length} problem${problems.length === 1 ? '' : 's'}: nothing unencrypted is ${doing}. See docs/getting-started, "When the hook says no"`);
    return 1;
  },
};
