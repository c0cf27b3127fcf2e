import { runCommandLine } from '../../common/command-line';
import { service } from './command-line';

runCommandLine(service, ['service', ...process.argv.slice(2)]);
