import { AwsV4Signer } from 'aws4fetch';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';

import { Refusal } from '../common/refusal';
import type { ObjectStore } from './object-store';

/** An answer of the object store. */
export interface S3Answer {
  readonly status: number;
  readonly text: string;
  /** What the server calls itself, empty when it does not say. */
  readonly server: string;
}

/** A request to the object store. */
export interface S3Request {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  /** Path with query, e.g. `/bucket/key?versionId=1`; names of buckets and keys of a state need no escaping. */
  readonly path: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** @default 's3' */
  readonly service?: 's3' | 'iam';
}

const TIMEOUT_MS = 30_000;
/** A server that has just started may fail for some seconds. */
const TRIES = 6;
const PAUSE_MS = 500;

async function send(store: ObjectStore, { method, path, body = '', headers = {}, service = 's3' }: S3Request): Promise<S3Answer> {
  const digest = createHash('sha256').update(body).digest('hex');
  const signer = new AwsV4Signer({ method, url: `${store.endpoint}${path}`, headers: { 'x-amz-content-sha256': digest, ...headers }, body, service, region: 'us-east-1', ...store.credentials });
  const signed = await signer.sign();
  return new Promise((resolve, reject) => {
    const options = { method, ca: readFileSync(store.authorityPath), headers: Object.fromEntries(signed.headers), timeout: TIMEOUT_MS };
    const sent = request(signed.url, options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8'), server: String(response.headers.server ?? '') }));
    });
    sent.on('timeout', () => sent.destroy(new Error(`i/o timeout after ${TIMEOUT_MS / 1000} s`)));
    sent.on('error', reject);
    sent.end(body);
  });
}

/** What a network or TLS error means, in the words that state/failure.ts knows. */
function wordsOf(error: NodeJS.ErrnoException): string {
  if (error.code === 'ECONNREFUSED') return 'connection refused';
  if (error.code === 'ECONNRESET') return 'connection reset';
  if (error.code === 'EHOSTUNREACH') return 'no route to host';
  if (/CERT|SIGNATURE|ALTNAME|ISSUER/.test(error.code ?? '')) return `x509: ${error.message}`;
  return error.message;
}

/**
 * Sends one signed request, again when the server fails at it; its certificate is checked against the house's authority.
 * @throws Refusal when no answer comes
 */
export async function s3Request(store: ObjectStore, what: string, wanted: S3Request): Promise<S3Answer> {
  for (let tries = 1; ; tries++) {
    let answer: S3Answer;
    try {
      answer = await send(store, wanted);
    } catch (error) {
      throw new Refusal(`${what} failed at ${store.endpoint}: ${wordsOf(error as NodeJS.ErrnoException)}`);
    }
    if (answer.status < 500 || answer.status === 501 || tries === TRIES) return answer;
    await sleep(PAUSE_MS * tries);
  }
}

/** Header without which some requests that change a bucket are refused. */
export function contentMd5(body: string): Record<string, string> {
  return { 'content-md5': createHash('md5').update(body).digest('base64') };
}

/** Text of the first element of this name in an XML answer. */
export function element(xml: string, name: string): string | undefined {
  const text = new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1];
  return text?.replace(/&quot;|&#34;/g, '"').replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');
}

/** A failure in the server's own words. */
export function failed(store: ObjectStore, what: string, { status, text }: S3Answer): Refusal {
  const words = [element(text, 'Code'), element(text, 'Message')].filter(Boolean).join(': ');
  return new Refusal(`${what} failed at ${store.endpoint}: ${words || `status ${status}`}`);
}

/**
 * Sends one signed request that must succeed.
 * @param tolerated codes of errors that are no failure
 */
export async function requireS3(store: ObjectStore, what: string, wanted: S3Request, tolerated: readonly string[] = []): Promise<string> {
  const answer = await s3Request(store, what, wanted);
  if (answer.status < 300 || tolerated.includes(element(answer.text, 'Code') ?? '')) return answer.text;
  throw failed(store, what, answer);
}
