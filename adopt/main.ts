import { runCommandLine } from '../common/command-line';
import { adoption } from './command-line';

runCommandLine(adoption, ['adopt', ...process.argv.slice(2)]);
