import { readFileSync } from 'node:fs';
import { value, type Verb } from '../../common/verb';
import { Refusal } from '../../common/refusal';
import { MARKER } from '../../review/document/markdown';
import { gitea, github, type Forge } from '../forge/forge';
import { postReview } from '../forge/post';

const FORGES: Readonly<Record<string, Forge>> = { github, gitea };

/** Longest comment that every forge takes, in characters. */
const LONGEST = 65_535;

/** Posts a review that was written before; it runs no code of the change. */
export const postVerb: Verb = {
  summary: 'makes or renews the one comment of a pull request; the token is read from FORGE_TOKEN',
  options: {
    forge: value('KIND', 'github or gitea'),
    api: value('URL', "the forge's API"),
    repository: value('OWNER/NAME', 'the repository'),
    number: value('N', 'the pull request'),
    file: value('FILE', 'the review that was written before'),
  },
  run: async (_root, { options }) => {
    const wanted = ['forge', 'api', 'repository', 'number', 'file'].filter((name) => options[name] === undefined).map((name) => `--${name}`);
    const forge = FORGES[String(options.forge)];
    const token = process.env.FORGE_TOKEN ?? '';
    const problems = [
      ...wanted.map((name) => `${name} is missing`),
      ...(options.forge !== undefined && !forge ? [`--forge is github or gitea, got '${String(options.forge)}'`] : []),
      ...(options.number !== undefined && !/^[1-9]\d*$/.test(String(options.number)) ? [`--number is a pull request's number, got '${String(options.number)}'`] : []),
      ...(options.repository !== undefined && !/^[\w.-]+\/[\w.-]+$/.test(String(options.repository)) ? [`--repository is OWNER/NAME, got '${String(options.repository)}'`] : []),
      ...(token === '' ? ['FORGE_TOKEN is not set'] : []),
    ];
    if (problems.length > 0) throw new Refusal(problems.join('; '), 'see: ./house post --help');
    const text = readReview(String(options.file));
    const place = { api: String(options.api), repository: String(options.repository), pullRequest: Number(options.number), token };
    console.log(`${forge.name}: ${await postReview(forge, place, text)}`);
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
