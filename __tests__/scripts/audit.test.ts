import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { pinnedPackages } from '../../scripts/audit/packages';
import { ROOT } from '../tools/ensure-tools';

jest.setTimeout(60_000);

interface Query {
  readonly package: { readonly ecosystem: string; readonly name: string };
  readonly version: string;
}

/** Stands in for the advisories' server: says what it knows of a package, and remembers what it was asked. */
let asked: Query[] = [];
let known: Record<string, string[]> = {};
let answer: (queries: readonly Query[]) => [number, string] = () => [500, ''];
const whole = (queries: readonly Query[]): [number, string] => [200, JSON.stringify({ results: queries.map((query) => (known[query.package.name] ? { vulns: known[query.package.name]!.map((id) => ({ id })) } : {})) })];

let server: Server;
let url: string;
const folder = mkdtempSync(join(tmpdir(), 'homelab-audit-'));
beforeAll(async () => {
  server = createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += String(part);
    const { queries } = JSON.parse(body) as { queries: Query[] };
    asked.push(...queries);
    const [status, text] = answer(queries);
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(text);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => {
  asked = [];
  known = {};
  answer = whole;
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

async function audit(accepted: readonly object[] = [], at = url): Promise<{ code: number | null; said: string }> {
  writeFileSync(join(folder, 'accepted.json'), JSON.stringify(accepted));
  const env = { ...process.env, HOMELAB_OSV_URL: at, HOMELAB_AUDIT_ACCEPTED: join(folder, 'accepted.json') };
  const run = spawn(process.execPath, ['--import', 'tsx', 'scripts/audit/main.ts'], { cwd: ROOT, env });
  let said = '';
  for (const stream of [run.stdout, run.stderr]) stream.on('data', (text) => (said += String(text)));
  const [code] = (await once(run, 'close')) as [number | null];
  return { code, said };
}

const entry = (changes: object = {}): object => ({ id: 'GHSA-one', package: 'esbuild', reason: 'its server is never started', until: '2999-01-01', ...changes });

test('every pinned package of every registry is asked for, at its version', async () => {
  expect(await audit()).toEqual({ code: 0, said: expect.stringMatching(/^audit: \d+ packages of npm looked at, nothing to do\naudit: \d+ packages of PyPI looked at, nothing to do\naudit: \d+ packages of Go looked at, nothing to do\n$/) });
  const words = asked.map(({ package: { ecosystem, name }, version }) => `${ecosystem} ${name} ${version}`);
  expect(words).toHaveLength(pinnedPackages(ROOT).length);
  expect(words).toEqual(expect.arrayContaining([expect.stringMatching(/^npm cdktf 0\./), expect.stringMatching(/^npm @grpc\/grpc-js 1\./), expect.stringMatching(/^PyPI ansible-core 2\./), expect.stringMatching(/^Go filippo\.io\/age /)]));
});

test('a fault is named with package, version and what to do', async () => {
  known = { esbuild: ['GHSA-one', 'GHSA-two'] };
  const { code, said } = await audit();
  expect(code).toBe(1);
  expect(said).toMatch(/of npm looked at, 2 to do\n {2}GHSA-one: esbuild [\d.]+ \(package-lock\.json\); raise it, or accept it with a reason/);
});

test('an accepted one is not, until its day has come, and only for its package', async () => {
  known = { esbuild: ['GHSA-one'] };
  expect((await audit([entry()])).code).toBe(0);
  expect((await audit([entry({ until: '2020-01-01' })])).code).toBe(1);
  expect((await audit([entry({ package: 'tsx' })])).code).toBe(1);
});

test('an accepted one that is gone is to be taken out of the list', async () => {
  expect(await audit([entry()])).toEqual({ code: 0, said: expect.stringContaining("'GHSA-one' of esbuild is accepted and was not found") });
});

test.each([['reason', ''], ['reason', ' '], ['until', 'soon'], ['id', undefined]])('an entry whose %s is %j is refused', async (key, value) => {
  const { code, said } = await audit([entry({ [key]: value })]);
  expect({ code, said }).toEqual({ code: 1, said: expect.stringContaining('lacks an id, a package, a reason or a day') });
  expect(asked).toEqual([]);
});

test.each<[string, () => void]>([
  ['answers an error', () => (answer = () => [503, ''])],
  ['answers no JSON', () => (answer = () => [200, '<html>'])],
  ['answers for fewer packages', () => (answer = (queries) => [200, JSON.stringify({ results: queries.slice(1).map(() => ({})) })])],
])('a server that %s is a failure for each registry, never a pass', async (_what, prepare) => {
  prepare();
  const { code, said } = await audit();
  expect(code).toBe(1);
  for (const registry of ['npm', 'PyPI', 'Go']) expect(said).toMatch(new RegExp(`packages of ${registry} were NOT looked at: `));
  expect(said).not.toContain('    at ');
});

test('so is one that cannot be reached, by name', async () => {
  const { code, said } = await audit([], 'http://127.0.0.1:1');
  expect({ code, said }).toEqual({ code: 1, said: expect.stringContaining('http://127.0.0.1:1/v1/querybatch cannot be reached (') });
});
