import { createHash, createHmac } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { makeAuthority, makeCertificate, splitPem } from '../../secrets/certificates';
import type { ObjectStore } from '../../state/object-store';

/** A request as the server got it. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** What the server answers; nothing means that it cuts the line. */
export type Answer = { readonly status: number; readonly text?: string } | undefined;

const CREDENTIALS = { accessKeyId: 'AKEXAMPLE', secretAccessKey: 'a secret of the house' };

/** A server of this process that answers what a test says, so that no object store has to be built for it. */
export class S3Server {
  readonly asked: Asked[] = [];
  answers: Answer[] = [];

  private constructor(
    private readonly server: Server,
    private readonly folder: string,
  ) {}

  static async start(): Promise<S3Server> {
    const folder = mkdtempSync(join(tmpdir(), 's3-server-'));
    const authority = await makeAuthority('test house');
    writeFileSync(join(folder, 'ca.pem'), splitPem(authority).certificatePem);
    writeFileSync(join(folder, 'other.pem'), splitPem(await makeAuthority('another house')).certificatePem);
    const { keyPem, certificatePem } = splitPem(await makeCertificate(authority, ['127.0.0.1']));
    const started: S3Server = new S3Server(createServer({ key: keyPem, cert: certificatePem }), folder);
    started.server.on('request', (request: IncomingMessage, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
        started.asked.push({ method: request.method!, path: request.url!, headers: request.headers, body: Buffer.concat(chunks).toString() });
        const answer = started.answers.shift();
        if (!answer) return void request.socket.destroy();
        response.writeHead(answer.status).end(answer.text ?? '');
      });
    });
    await new Promise<void>((resolve) => started.server.listen(0, '127.0.0.1', resolve));
    return started;
  }

  /** The store as a user of it reaches it. @param authority file of the certificate that its own is checked against */
  store(authority = 'ca.pem'): ObjectStore {
    return { endpoint: `https://127.0.0.1:${(this.server.address() as AddressInfo).port}`, authorityPath: join(this.folder, authority), credentials: CREDENTIALS };
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
    rmSync(this.folder, { recursive: true });
  }
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const hmac = (key: Buffer | string, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/** The signature that AWS's description of version 4 asks for, made from what arrived. */
export function signatureOf({ method, path, headers, body }: Asked, service: string): string {
  const [, day, signed] = /Credential=[^/]+\/(\d{8})\/us-east-1\/\w+\/aws4_request, SignedHeaders=([^,]+)/.exec(headers.authorization!)!;
  const [where, query = ''] = path.split('?');
  const sorted = query.split('&').filter(Boolean).map((pair) => (pair.includes('=') ? pair : `${pair}=`)).sort().join('&');
  const lines = signed!.split(';').map((name) => `${name}:${String(headers[name]).trim()}\n`).join('');
  const canonical = [method, where, sorted, lines, signed, sha256(body)].join('\n');
  const words = ['AWS4-HMAC-SHA256', headers['x-amz-date'], `${day}/us-east-1/${service}/aws4_request`, sha256(canonical)].join('\n');
  const key = [day!, 'us-east-1', service, 'aws4_request'].reduce<Buffer | string>((made, part) => hmac(made, part), `AWS4${CREDENTIALS.secretAccessKey}`);
  return hmac(key, words).toString('hex');
}
