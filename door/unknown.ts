import { meantText } from '../common/nearest';
import { places } from './places';

// Only reached for words that are no verb: says so, and which was meant.
const [first = '', second = ''] = process.argv.slice(2);
const grouped = places.filter(({ path }) => path.length === 2 && path[0] === first);
const word = grouped.length > 0 ? second : first;
const known = grouped.length > 0 ? grouped.map(({ path }) => path[1]!) : [...new Set(places.map(({ path }) => path[0]!))];
const group = grouped.length > 0 ? ` ${first}` : '';
console.error(`house: unknown command '${word}'${meantText(word, known)}; see: ./house${group} --help`);
process.exitCode = 2;
