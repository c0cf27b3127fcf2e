import { runCommandLine } from '../common/command-line';
import { care } from './command-line';

runCommandLine(care);
