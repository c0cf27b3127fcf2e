import type { CommandLine } from '../common/verb';
import { postVerb } from './commands/post';
import { reportDriftVerb } from './commands/report-drift';
import { reviewVerb } from './commands/review';

/** The review of a change. */
export const pullRequest: CommandLine = {
  name: 'pull-request',
  typed: './house',
  verbs: { review: reviewVerb, post: postVerb, 'report-drift': reportDriftVerb },
  notes: 'The review asks no host and reads no secret: docs/review.md.',
};
