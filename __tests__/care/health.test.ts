import { createServer as createHttp, type RequestListener } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { createServer as createTcp, type AddressInfo, type Server } from 'node:net';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { table } from '../../care/health/answer';
import { askHealth } from '../../care/health/ask';
import { health } from '../../care/health/verb';
import type { Guest, Question } from '../../care/manifest';
import { makeAuthority, makeCertificate, splitPem } from '../../secrets/certificates';

const servers: Server[] = [];
const folders: string[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    (server as { closeAllConnections?: () => void }).closeAllConnections?.();
    server.close();
  }
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** Port of a server that listens on the loopback only. */
async function listening(server: Server): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

const http = (answer: RequestListener) => listening(createHttp(answer));
const guest = (health: Question, name = 'notes'): Guest => ({ name, vmId: 120, address: '127.0.0.1', health, needs: [] });
const askOne = async (health: Question, options = {}) => (await askHealth([guest(health)], { timeoutSec: 5, ...options }))[0];

test('a guest that answers 200 is well', async () => {
  const port = await http((_, response) => response.end('hello'));
  expect(await askOne({ kind: 'http', port, path: '/health' })).toMatchObject({ ok: true, guest: 'notes', question: `GET http://127.0.0.1:${port}/health` });
});

test.each([
  ['in the same spelling', '{"database": "ok"}'],
  ['with other white space', '{\n  "database":"ok"\n}'],
])('what is expected is found %s', async (_, body) => {
  const port = await http((_request, response) => response.end(body));
  expect(await askOne({ kind: 'http', port, path: '/', expect: '"database": "ok"' })).toMatchObject({ ok: true });
});

test.each([
  ['another content', (response: { end: (text: string) => void }) => response.end('{"database": "failing"}'), /expected '"database": "ok"', got '\{"database": "failing"\}'/],
  ['a page of another program', (response: { end: (text: string) => void }) => response.end('<html>welcome</html>'), /got '<html>welcome<\/html>'/],
])('%s is red although it is 200', async (_, answer, words) => {
  const port = await http((_request, response) => answer(response));
  expect(await askOne({ kind: 'http', port, path: '/', expect: '"database": "ok"' })).toMatchObject({ ok: false, said: expect.stringMatching(words) });
});

test.each([
  [503, {}, 'status 503'],
  [404, {}, 'status 404'],
  [302, { location: '/login' }, 'status 302, sent on to /login'],
])('status %d is red', async (status, headers, said) => {
  const port = await http((_, response) => response.writeHead(status, headers).end());
  expect(await askOne({ kind: 'http', port, path: '/' })).toMatchObject({ ok: false, said });
});

test('a guest that takes a connection and never answers is red in its time, and holds up no other', async () => {
  const silent = await listening(createTcp(() => undefined));
  const well = await http((_, response) => response.end());
  const answers = await askHealth([guest({ kind: 'http', port: silent, path: '/' }, 'silent'), guest({ kind: 'http', port: well, path: '/' }, 'well')], { timeoutSec: 1 });
  expect(answers).toEqual([expect.objectContaining({ guest: 'silent', ok: false, said: 'no answer within 1 s' }), expect.objectContaining({ guest: 'well', ok: true })]);
});

test('an answer that never ends is cut off and judged by its beginning', async () => {
  const port = await http((_, response) => {
    const timer = setInterval(() => response.write('x'.repeat(65_536)), 5);
    response.once('close', () => clearInterval(timer));
  });
  expect(await askOne({ kind: 'http', port, path: '/', expect: 'well' })).toMatchObject({ ok: false, said: expect.stringMatching(/^expected 'well', got 'x+…/) });
});

test.each(['http', 'tcp'] as const)('a refused connection (%s) is red and says so', async (kind) => {
  const server = createTcp();
  const port = await listening(server);
  await new Promise((resolve) => server.close(resolve));
  expect(await askOne(kind === 'tcp' ? { kind, port } : { kind, port, path: '/' })).toMatchObject({ ok: false, said: expect.stringContaining('ECONNREFUSED') });
});

test('a port that takes a connection is well', async () => {
  const port = await listening(createTcp((socket) => socket.on('error', () => undefined)));
  expect(await askOne({ kind: 'tcp', port })).toMatchObject({ ok: true, said: '' });
});

describe('over TLS', () => {
  const started = (async () => {
    const authority = await makeAuthority('homelab');
    const { keyPem, certificatePem } = splitPem(await makeCertificate(authority, ['127.0.0.1']));
    return { authorityPem: splitPem(authority).certificatePem, key: keyPem, cert: certificatePem };
  })();
  const serve = async () => {
    const { key, cert } = await started;
    return listening(createHttps({ key, cert }, (_, response) => response.end('ok')));
  };

  test('a certificate of the house is well', async () => {
    const { authorityPem } = await started;
    expect(await askOne({ kind: 'https', port: await serve(), path: '/' }, { authorityPem })).toMatchObject({ ok: true, said: '' });
  });

  test('a certificate of another authority is red', async () => {
    const authorityPem = splitPem(await makeAuthority('homelab')).certificatePem;
    expect(await askOne({ kind: 'https', port: await serve(), path: '/' }, { authorityPem })).toMatchObject({ ok: false, said: expect.stringMatching(/certificate|signature/) });
  });

  test('without the authority the row says what was not checked', async () => {
    expect(await askOne({ kind: 'https', port: await serve(), path: '/' })).toMatchObject({ ok: true, said: 'certificate not checked' });
  });

  test('clear text where TLS is expected is red', async () => {
    const port = await http((_, response) => response.end('ok'));
    expect(await askOne({ kind: 'https', port, path: '/' })).toMatchObject({ ok: false });
  });
});

test.each([[0, true, ''], [3, false, 'exit code 3: mongod is not master']])('a command inside the guest is judged by its exit code %d', async (code, ok, said) => {
  const bin = mkdtempSync(join(tmpdir(), 'homelab-care-'));
  folders.push(bin);
  writeFileSync(join(bin, 'ssh'), `#!/bin/sh\necho 'mongod is not master' >&2\nexit ${code}\n`);
  chmodSync(join(bin, 'ssh'), 0o755);
  expect(await askOne({ kind: 'command', command: 'true' }, { ssh: join(bin, 'ssh') })).toMatchObject({ ok, said });
});

test('the table ends with what is red and with the sum', () => {
  const answer = (name: string, ok: boolean) => ({ guest: name, ok, question: 'tcp 10.0.0.1:1', said: ok ? '' : 'refused', tookMs: 7 });
  const lines = table([answer('a', false), answer('mongodb', true)]).split('\n');
  expect(lines).toEqual([expect.stringMatching(/^ok +mongodb/), expect.stringMatching(/^RED +a .*: refused$/), '1 of 2 guests are well']);
});

describe('the command', () => {
  const root = join(__dirname, '..', '..');
  function house(guests?: readonly Guest[]): string {
    const folder = mkdtempSync(join(tmpdir(), 'homelab-care-'));
    folders.push(folder);
    if (guests) {
      mkdirSync(join(folder, 'cdktf.out/care'), { recursive: true });
      writeFileSync(join(folder, 'cdktf.out/care/manifest.json'), JSON.stringify({ host: { name: 'pve', address: '127.0.0.1' }, guests }));
    }
    return folder;
  }
  function care(guests: readonly Guest[] | undefined, ...args: string[]) {
    return spawnSync(process.execPath, ['--import', pathToFileURL(require.resolve('tsx')).href, join(root, 'care/main.ts'), 'health', ...args], { cwd: house(guests), encoding: 'utf8' });
  }
  const closed = guest({ kind: 'tcp', port: 1 }, 'closed');

  test('ends with 1 when a guest is not well, as a table and as JSON', () => {
    expect(care([closed])).toMatchObject({ status: 1, stdout: expect.stringMatching(/^RED +closed[^]*0 of 1 guests are well/) });
    const { status, stdout } = care([closed], '--json');
    expect([status, JSON.parse(stdout)]).toEqual([1, [expect.objectContaining({ guest: 'closed', ok: false })]]);
  });

  test('asks again for as long as --within says, and no longer', async () => {
    let asked = 0;
    const port = await http((_, response) => {
      response.statusCode = asked++ === 0 ? 503 : 200;
      response.end();
    });
    const said = jest.spyOn(console, 'log').mockImplementation(() => undefined);
    const within = (each: Guest) => health.run(house([each]), { words: [], options: { within: '1' } });
    try {
      expect([await within(guest({ kind: 'http', port, path: '/' })), asked]).toEqual([0, 2]);
      expect(await within(closed)).toBe(1);
    } finally {
      said.mockRestore();
    }
  });

  test.each([
    [undefined, [], 'make synth'],
    [[closed], ['nobody'], "no guest 'nobody' in this house"],
    [[closed], ['--timeout', 'soon'], '--timeout is a number of seconds'],
    [[closed], ['--authority', '/no/such/file'], "'/no/such/file' is not there"],
  ])('refuses without a stack trace (%#)', (guests, args, words) => {
    const { status, stderr } = care(guests, ...args);
    expect([status, stderr]).toEqual([1, expect.stringContaining(words)]);
    expect(stderr).not.toMatch(/\n +at /);
  });
});
