import { runCommandLine } from '../common/command-line';
import { secrets } from './command-line';

runCommandLine(secrets);
