import { MARKER } from '../../review/document/markdown';
import type { Forge, Place } from './forge';
import { request } from './request';

/** What became of a comment. */
export type Posted = 'created' | 'updated' | 'nothing to say';

interface Comment {
  readonly id: number;
  readonly body: string;
}

const NOTHING = `${MARKER}\n## 🟢 Safe\n\nNothing changes any more.\n`;

/**
 * Makes or renews the one comment of a review, found again by its hidden marker.
 * @param text the review; empty when nothing changes, and then only an older comment is renewed
 * @param pauseSec see request
 */
export async function postReview(forge: Forge, place: Place, text: string, pauseSec?: number): Promise<Posted> {
  const headers = forge.headers(place.token);
  const repository = `${place.api.replace(/\/$/, '')}/repos/${place.repository}`;
  const comments = `${repository}/issues/${place.pullRequest}/comments`;
  const old = await find(forge, comments, headers, pauseSec);
  if (!old && text === '') return 'nothing to say';
  const body = { body: text === '' ? NOTHING : text };
  if (old) await request({ method: 'PATCH', url: `${repository}/issues/comments/${old.id}`, headers, body }, pauseSec);
  else await request({ method: 'POST', url: comments, headers, body }, pauseSec);
  return old ? 'updated' : 'created';
}

async function find(forge: Forge, comments: string, headers: Readonly<Record<string, string>>, pauseSec?: number): Promise<Comment | undefined> {
  for (let number = 1; ; number += 1) {
    const query = forge.page(number);
    const page = (await request({ method: 'GET', url: query === '' ? comments : `${comments}?${query}`, headers }, pauseSec)) as Comment[];
    const found = page.find(({ body }) => body.startsWith(MARKER));
    if (found || page.length < forge.pageSize) return found;
  }
}
