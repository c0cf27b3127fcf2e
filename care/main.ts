import { runCommandLine } from '../common/command-line';
import { health } from './health/verb';

runCommandLine({
  name: 'care',
  verbs: { health },
  notes: 'What is asked stands in the definition of each service (health). Exit codes: 0 well, 1 not well or refused, 2 wrong usage.',
});
