import { runCommandLine } from '../common/command-line';
import { reviewVerb } from './commands/review';

runCommandLine({
  name: 'pull-request',
  verbs: { review: reviewVerb },
  notes: 'The review asks no host and reads no secret: docs/review.md.',
});
