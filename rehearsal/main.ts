import { runCommandLine } from '../common/command-line';
import { rehearsal } from './command-line';

runCommandLine(rehearsal, ['rehearse', ...process.argv.slice(2)]);
