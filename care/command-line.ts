import type { CommandLine } from '../common/verb';
import { artefacts } from './artefacts/verb';
import { health } from './health/verb';
import { proveRestore } from './prove/verb';
import { restore } from './restore/verb';
import { update } from './update/verb';

/** What keeps a house well. */
export const care: CommandLine = {
  name: 'care',
  typed: './house',
  verbs: { health, restore, 'prove-restore': proveRestore, update, artefacts },
  notes: 'What is asked stands in the definition of each service (health). Exit codes: 0 well or done, 1 not well, failed or refused, 2 wrong usage.',
};
