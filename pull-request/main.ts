import { runCommandLine } from '../common/command-line';
import { postVerb } from './commands/post';
import { reviewVerb } from './commands/review';

runCommandLine({
  name: 'pull-request',
  verbs: { review: reviewVerb, post: postVerb },
  notes: 'The review asks no host and reads no secret: docs/review.md.',
});
