import { Refusal } from '../../common/refusal';
import { value, type Arguments } from '../../common/verb';
import type { IssuePlace } from '../forge/drift-issue';
import { gitea, github, type Forge } from '../forge/forge';

const FORGES: Readonly<Record<string, Forge>> = { github, gitea };

/** Options by which a forge is named; its token is read from FORGE_TOKEN. */
export const FORGE_OPTIONS = {
  forge: value('KIND', 'github or gitea'),
  api: value('URL', "the forge's API"),
  repository: value('OWNER/NAME', 'the repository'),
};

/**
 * The forge that options name, all of them needed.
 * @param more names of other options that are needed
 * @param also what else is wrong with them
 * @throws Refusal naming everything that is missing or wrong
 */
export function forgeOf({ options }: Arguments, verb: string, more: readonly string[], also: readonly string[] = []): { readonly forge: Forge; readonly place: IssuePlace } {
  const forge = FORGES[String(options.forge)];
  const token = process.env.FORGE_TOKEN ?? '';
  const problems = [
    ...[...Object.keys(FORGE_OPTIONS), ...more].filter((name) => options[name] === undefined).map((name) => `--${name} is missing`),
    ...(options.forge !== undefined && !forge ? [`--forge is github or gitea, got '${String(options.forge)}'`] : []),
    ...(options.repository !== undefined && !/^[\w.-]+\/[\w.-]+$/.test(String(options.repository)) ? [`--repository is OWNER/NAME, got '${String(options.repository)}'`] : []),
    ...also,
    ...(token === '' ? ['FORGE_TOKEN is not set'] : []),
  ];
  if (problems.length > 0) throw new Refusal(problems.join('; '), `see: ./house ${verb} --help`);
  return { forge: forge!, place: { api: String(options.api), repository: String(options.repository), token } };
}
