import { setTimeout as wait } from 'node:timers/promises';
import { Refusal } from '../../common/refusal';

/** One call of a forge's API. */
export interface Call {
  readonly method: 'GET' | 'POST' | 'PATCH';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: object;
}

const ATTEMPTS = 4;
const LONGEST_WAIT_SEC = 60;

/** What an answer means to its owner; the token and the body are in no message. */
const MEANINGS: Readonly<Record<number, string>> = {
  401: 'the token is not known there: make a new one',
  403: 'the token may not comment: it needs to write issues or pull requests',
  404: 'there is no such repository or pull request, or the token may not see it',
  409: 'it is being changed by somebody else at the same time: run it again',
  413: 'the comment is too long for this forge',
  422: 'the forge does not take this comment',
};

/**
 * Calls a forge, and again after a wait when it is overloaded, asks for patience or drops the connection.
 * @param pauseSec seconds before the second attempt, doubled each time, unless the forge names its own
 * @throws Refusal with what the answer means
 */
export async function request(call: Call, pauseSec = 1): Promise<unknown> {
  const { pathname } = new URL(call.url);
  for (let attempt = 1; ; attempt += 1) {
    const answer = await send(call);
    if (answer.ok) return answer.json;
    const isLast = attempt === ATTEMPTS || !answer.mayRetry;
    if (isLast) throw new Refusal(`${call.method} ${pathname} failed: ${answer.problem}`, MEANINGS[answer.status] ?? 'try it again later');
    await wait(1000 * Math.min(answer.waitSec ?? pauseSec * 2 ** (attempt - 1), LONGEST_WAIT_SEC));
  }
}

type Answer =
  | { readonly ok: true; readonly json: unknown }
  | { readonly ok: false; readonly status: number; readonly problem: string; readonly mayRetry: boolean; readonly waitSec?: number };

async function send({ method, url, headers, body }: Call): Promise<Answer> {
  try {
    const response = await fetch(url, {
      method,
      headers: { ...headers, 'content-type': 'application/json', 'user-agent': 'homelab-review' },
      body: body && JSON.stringify(body),
      redirect: 'error',
      signal: AbortSignal.timeout(30_000),
    });
    if (response.ok) return { ok: true, json: await response.json() };
    const { status } = response;
    const after = Number(response.headers.get('retry-after') ?? Number.NaN);
    // A comment that was made although its answer was lost must not be made twice: only what surely did nothing is sent again.
    const mayRetry = status === 429 || (status === 403 && Number.isFinite(after)) || (status >= 500 && method !== 'POST');
    return { ok: false, status, problem: `${status} ${response.statusText}`, mayRetry, ...(Number.isFinite(after) && { waitSec: after }) };
  } catch (error) {
    const cause = (error as Error & { cause?: { code?: string } }).cause?.code ?? (error as Error).name;
    return { ok: false, status: 0, problem: `no answer (${cause})`, mayRetry: method !== 'POST' };
  }
}
