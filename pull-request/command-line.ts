import type { CommandLine } from '../common/verb';
import { postVerb } from './commands/post';
import { reviewVerb } from './commands/review';

/** The review of a change. */
export const pullRequest: CommandLine = {
  name: 'pull-request',
  typed: './house',
  verbs: { review: reviewVerb, post: postVerb },
  notes: 'The review asks no host and reads no secret: docs/review.md.',
};
