import { runCommandLine } from '../common/command-line';
import { state } from './command-line';

runCommandLine(state);
