import { spawn } from 'node:child_process';
import { request as requestHttp, type IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import { connect } from 'node:net';
import { isIPv4 } from 'node:net';

import type { Guest, Question } from '../manifest';
import type { Answer } from './answer';

/** How guests are asked. */
export interface AskOptions {
  /** Seconds one guest may take. @default 10 */
  readonly timeoutSec?: number;
  /** Certificate of the house's authority in PEM. @default - the certificate of an https guest is not checked, and its row says so */
  readonly authorityPem?: string;
  /** Program that logs in to a guest. @default 'ssh' */
  readonly ssh?: string;
}

/** Most of an answer that is read: a health answer is short, and a wrong server may never end. */
const MOST_BYTES = 256 * 1024;

/** Asks guests their declared question, all at once. A guest that is not well is an answer, never an error. */
export async function askHealth(guests: readonly Guest[], options: AskOptions = {}): Promise<Answer[]> {
  return Promise.all(guests.map((guest) => ask(guest, options)));
}

async function ask(guest: Guest, options: AskOptions): Promise<Answer> {
  const started = performance.now();
  const timeoutMs = (options.timeoutSec ?? 10) * 1000;
  const limit = AbortSignal.timeout(timeoutMs);
  const outcome = await reply(guest, options, limit).then(
    (said) => ({ ok: true, said }),
    (error: Error) => ({ ok: false, said: limit.aborted ? `no answer within ${timeoutMs / 1000} s` : oneLine(error.message) }),
  );
  return { guest: guest.name, question: describe(guest), tookMs: Math.round(performance.now() - started), ...outcome };
}

function reply({ address, health }: Guest, options: AskOptions, limit: AbortSignal): Promise<string> {
  if (health.kind === 'tcp') return reach(address, health.port, limit);
  return health.kind === 'command' ? runInside(address, health.command, options.ssh ?? 'ssh', limit) : get(address, health, options, limit);
}

function describe({ address, health }: Guest): string {
  if (health.kind === 'command') return `ssh root@${address} ${health.command}`;
  return health.kind === 'tcp' ? `tcp ${address}:${health.port}` : `GET ${health.kind}://${address}:${health.port}${health.path}`;
}

function reach(host: string, port: number, signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port });
    const end = (settle: () => void): void => {
      socket.destroy();
      settle();
    };
    signal.addEventListener('abort', () => end(() => reject(new Error('timeout'))), { once: true });
    socket.once('connect', () => end(() => resolve('')));
    socket.once('error', (error) => end(() => reject(error)));
  });
}

/** Status 200 and the expected text; a redirect is not followed, since it is another page that answers then. */
async function get(host: string, question: Extract<Question, { path: string }>, { authorityPem }: AskOptions, signal: AbortSignal): Promise<string> {
  const { kind, port, path, expect } = question;
  const tls = { ca: authorityPem, rejectUnauthorized: authorityPem !== undefined, ...(isIPv4(host) ? {} : { servername: host }) };
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const common = { host, port, path, signal, agent: false } as const;
    const sent = kind === 'https' ? requestHttps({ ...common, ...tls }, resolve) : requestHttp(common, resolve);
    sent.once('error', reject).end();
  });
  const text = await bodyOf(response);
  if (response.statusCode !== 200) throw new Error(`status ${response.statusCode}${response.headers.location ? `, sent on to ${response.headers.location}` : ''}`);
  if (expect !== undefined && !squeezed(text).includes(squeezed(expect))) throw new Error(`expected '${expect}', got '${oneLine(text)}'`);
  return kind === 'https' && authorityPem === undefined ? 'certificate not checked' : '';
}

async function bodyOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response) {
    chunks.push(chunk as Buffer);
    size += (chunk as Buffer).length;
    if (size > MOST_BYTES) break;
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Runs a command in a guest as its root over ssh, without a question; exit code 0 is well. */
function runInside(address: string, command: string, ssh: string, signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(ssh, ['-o', 'BatchMode=yes', '-o', 'PubkeyAcceptedAlgorithms=ssh-ed25519', `root@${address}`, command], { signal, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    const keep = (chunk: Buffer): void => void (said = (said + chunk.toString('utf8')).slice(-MOST_BYTES));
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('error', reject);
    child.once('close', (code) => (code === 0 ? resolve('') : reject(new Error(`exit code ${code}: ${oneLine(said)}`))));
  });
}

/** Programs print the same JSON with and without white space. */
function squeezed(text: string): string {
  return text.replace(/\s+/g, '');
}

function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 160 ? `${line.slice(0, 160)}…` : line;
}
