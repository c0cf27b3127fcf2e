import { runCommandLine } from '../../common/command-line';
import { provider } from './command-line';

runCommandLine(provider, ['upgrade-provider', ...process.argv.slice(2)]);
