import { runCommandLine } from '../common/command-line';
import { recovery } from './command-line';

runCommandLine(recovery, ['rebuild', ...process.argv.slice(2)]);
