import { readFileSync } from 'node:fs';
import { value, type Verb } from '../../common/verb';
import { Refusal } from '../../common/refusal';
import { MARKER } from '../../review/document/markdown';
import { postReview } from '../forge/post';
import { FORGE_OPTIONS, forgeOf } from './forge-options';

/** Longest comment that every forge takes, in characters. */
const LONGEST = 65_535;

/** Posts a review that was written before; it runs no code of the change. */
export const postVerb: Verb = {
  summary: 'makes or renews the one comment of a pull request; the token is read from FORGE_TOKEN',
  options: {
    ...FORGE_OPTIONS,
    number: value('N', 'the pull request'),
    file: value('FILE', 'the review that was written before'),
  },
  run: async (_root, typed) => {
    const { number, file } = typed.options;
    const wrong = number !== undefined && !/^[1-9]\d*$/.test(String(number)) ? [`--number is a pull request's number, got '${String(number)}'`] : [];
    const { forge, place } = forgeOf(typed, 'post', ['number', 'file'], wrong);
    const text = readReview(String(file));
    console.log(`${forge.name}: ${await postReview(forge, { ...place, pullRequest: Number(number) }, text)}`);
    return 0;
  },
};

/** The file comes from a run of somebody else's code: what it may be is a text of a bounded length, nothing else. */
function readReview(path: string): string {
  const text = readFileSync(path, 'utf8');
  if (text === '') return '';
  if (text.length > LONGEST) throw new Refusal(`${path} has ${text.length} characters, and a comment has ${LONGEST} at most`, 'make the review again');
  return text.startsWith(MARKER) ? text : `${MARKER}\n${text}`.slice(0, LONGEST);
}
