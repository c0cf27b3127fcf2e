import { runCommandLine } from '../../common/command-line';
import { outdated } from './command-line';

runCommandLine(outdated);
