import { runCommandLine } from '../common/command-line';
import { review } from './command-line';

runCommandLine(review, ['guard', ...process.argv.slice(2)]);
