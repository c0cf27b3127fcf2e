import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gitea, github } from '../../pull-request/forge/forge';
import { postReview } from '../../pull-request/forge/post';
import { MARKER } from '../../review/document/markdown';

interface Seen {
  readonly method: string;
  readonly path: string;
  readonly authorization: string;
  readonly body: string;
}

type Reply = { readonly status: number; readonly json?: unknown; readonly headers?: Record<string, string> } | 'drop';

let server: Server;
let seen: Seen[];
let replies: Reply[];

beforeEach(async () => {
  [seen, replies] = [[], []];
  server = createServer((request: IncomingMessage, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      seen.push({ method: request.method!, path: request.url!, authorization: request.headers.authorization!, body: Buffer.concat(chunks).toString() });
      const reply = replies.shift() ?? { status: 500 };
      if (reply === 'drop') return void request.socket.destroy();
      response.writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers });
      response.end(JSON.stringify(reply.json ?? {}));
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
});

afterEach(() => new Promise((done) => server.close(done)));

const place = () => ({ api: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1`, repository: 'me/home', pullRequest: 7, token: 'token-canary' });
const post = (text: string, forge = gitea) => postReview(forge, place(), text, 0.01);
const review = `${MARKER}\nhello`;

test('the first review makes a comment, as Gitea documents it', async () => {
  replies = [{ status: 200, json: [{ id: 3, body: 'a person' }] }, { status: 201, json: { id: 4 } }];
  await expect(post(review)).resolves.toBe('created');
  expect(seen.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /api/v1/repos/me/home/issues/7/comments', 'POST /api/v1/repos/me/home/issues/7/comments']);
  expect(seen.every(({ authorization }) => authorization === 'token token-canary')).toBe(true);
  expect(JSON.parse(seen[1].body)).toEqual({ body: review });
});

test('the next one renews it, found by its marker on whatever page of GitHub', async () => {
  const people = Array.from({ length: 50 }, (_, id) => ({ id, body: `about ${MARKER}` }));
  replies = [{ status: 200, json: people }, { status: 200, json: [{ id: 99, body: review }] }, { status: 200 }];
  await expect(post(`${review} again`, github)).resolves.toBe('updated');
  expect(seen.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'GET /api/v1/repos/me/home/issues/7/comments?per_page=50&page=1',
    'GET /api/v1/repos/me/home/issues/7/comments?per_page=50&page=2',
    'PATCH /api/v1/repos/me/home/issues/comments/99',
  ]);
  expect(seen[0].authorization).toBe('Bearer token-canary');
});

test('nothing is said when nothing changes, and an older comment is told so', async () => {
  replies = [{ status: 200, json: [] }];
  await expect(post('')).resolves.toBe('nothing to say');
  replies = [{ status: 200, json: [{ id: 5, body: review }] }, { status: 200 }];
  await expect(post('')).resolves.toBe('updated');
  expect(JSON.parse(seen.at(-1)!.body).body).toContain('Nothing changes any more');
});

test.each([
  [401, /make a new one/],
  [404, /no such repository or pull request/],
  [409, /run it again/],
  [413, /too long/],
])('%i is told in words, once, without the token', async (status, words) => {
  replies = [{ status: 200, json: [] }, { status }];
  const failure = await post(review).catch((error: Error) => error.message);
  expect(failure).toMatch(words);
  expect(failure).not.toContain('token-canary');
  expect(seen).toHaveLength(2);
});

test('429 is waited for as long as the forge says', async () => {
  replies = [{ status: 429, headers: { 'retry-after': '1' } }, { status: 200, json: [] }, { status: 201 }];
  const begin = performance.now();
  await expect(post(review)).resolves.toBe('created');
  expect(performance.now() - begin).toBeGreaterThan(990);
});

test.each([['a server error', { status: 503 }], ['a dropped connection', 'drop']] as const)('%s is tried again where that can do no harm', async (_, reply) => {
  replies = [reply, reply, { status: 200, json: [{ id: 1, body: review }] }, reply, { status: 200 }];
  await expect(post(review)).resolves.toBe('updated');
  expect(seen).toHaveLength(5);
});

test.each([['a server error', { status: 502 }], ['a dropped connection', 'drop']] as const)('a comment is not made twice after %s', async (_, reply) => {
  replies = [{ status: 200, json: [] }, reply];
  await expect(post(review)).rejects.toThrow(/POST .* failed/);
  expect(seen).toHaveLength(2);
});

test('a forge that never answers well is given up', async () => {
  replies = Array.from({ length: 9 }, () => ({ status: 500 }));
  await expect(post(review)).rejects.toThrow(/GET .* failed: 500/);
  expect(seen).toHaveLength(4);
});
