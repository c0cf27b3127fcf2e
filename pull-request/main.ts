import { runCommandLine } from '../common/command-line';
import { pullRequest } from './command-line';

runCommandLine(pullRequest);
