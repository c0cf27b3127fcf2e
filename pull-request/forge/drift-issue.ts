import { PAGE, type Forge, type Place } from './forge';
import { request } from './request';

/** By which the one issue is found again. */
export const DRIFT_MARKER = '<!-- homelab-drift -->';

const TITLE = 'The house is not as it is defined';

/** Where an issue goes. */
export type IssuePlace = Omit<Place, 'pullRequest'>;

/** What became of the issue. */
export type Reported = 'opened' | 'updated' | 'closed' | 'nothing to say';

interface Issue {
  readonly number: number;
  readonly body: string | null;
}

/**
 * Opens, renews or closes the one issue that tells of drift; a closed one stays as it was, and the next drift is another.
 * @param lines what differs, one Markdown line each; none when nothing does
 * @param pauseSec see request
 */
export async function reportDrift(forge: Forge, place: IssuePlace, lines: readonly string[], pauseSec?: number): Promise<Reported> {
  const headers = forge.headers(place.token);
  const issues = `${place.api.replace(/\/$/, '')}/repos/${place.repository}/issues`;
  const old = await find(forge, issues, headers, pauseSec);
  if (!old && lines.length === 0) return 'nothing to say';
  if (!old) {
    await request({ method: 'POST', url: issues, headers, body: { title: TITLE, body: bodyOf(lines) } }, pauseSec);
    return 'opened';
  }
  const body = lines.length > 0 ? { body: bodyOf(lines) } : { state: 'closed', body: `${DRIFT_MARKER}\nThe house is as it is defined again.\n` };
  await request({ method: 'PATCH', url: `${issues}/${old.number}`, headers, body }, pauseSec);
  return lines.length > 0 ? 'updated' : 'closed';
}

/** Longest list that anybody reads, in lines. */
const LONGEST = 100;

function bodyOf(lines: readonly string[]): string {
  const rest = lines.length > LONGEST ? [`- and ${lines.length - LONGEST} more: \`./house drift\` tells all`] : [];
  return [DRIFT_MARKER, '`./house drift` has found:', '', ...lines.slice(0, LONGEST).map((line) => `- ${line}`), ...rest, ''].join('\n');
}

/** Forges list pull requests among issues, the newest first; both page by these words. */
async function find(forge: Forge, issues: string, headers: Readonly<Record<string, string>>, pauseSec?: number): Promise<Issue | undefined> {
  for (let number = 1; ; number += 1) {
    const page = (await request({ method: 'GET', url: `${issues}?state=open&${forge.issuePage(number)}`, headers }, pauseSec)) as Issue[];
    const found = page.find(({ body }) => body?.startsWith(DRIFT_MARKER));
    if (found || page.length < PAGE) return found;
  }
}
