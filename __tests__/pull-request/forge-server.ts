import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A comment or an issue that the server keeps. */
interface Kept {
  readonly id: number;
  readonly number: number;
  title?: string;
  body: string;
  state?: 'open' | 'closed';
}

/** A forge's API on this machine, as far as comments and issues are made, listed and edited by it. */
export class ForgeServer {
  /** Every text that was sent to it, in order. */
  readonly bodies: string[] = [];
  /** Method and path of every call. */
  readonly calls: string[] = [];
  readonly comments: Kept[] = [];
  readonly issues: Kept[] = [];

  constructor(private readonly server: Server) {
    server.on('request', (request, response) => {
      void text(request).then((sent) => {
        const { pathname } = new URL(request.url!, 'http://forge');
        this.calls.push(`${request.method} ${request.url}`);
        if (sent !== '') this.bodies.push(sent);
        const found = this.answer(request.method!, pathname, sent === '' ? {} : (JSON.parse(sent) as Partial<Kept>));
        response.writeHead(found === undefined ? 404 : request.method === 'POST' ? 201 : 200, { 'content-type': 'application/json' });
        response.end(JSON.stringify(found ?? {}));
      });
    });
  }

  get api(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/api/v1`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  private answer(method: string, path: string, sent: Partial<Kept>): unknown {
    const [, kind, number, comments] = /\/repos\/me\/home\/(issues)(?:\/(\d+|comments\/\d+))?(\/comments)?$/.exec(path) ?? [];
    if (!kind) return undefined;
    const list = comments || number?.startsWith('comments') ? this.comments : this.issues;
    if (method === 'POST') return list.push({ id: 10 + list.length, number: 1 + list.length, state: 'open', body: '', ...sent }) && list.at(-1);
    const one = list.find((kept) => (list === this.issues ? kept.number === Number(number) : number === `comments/${kept.id}`));
    if (method === 'PATCH') return one && Object.assign(one, sent);
    return number === undefined ? this.issues.filter(({ state }) => state === 'open') : list;
  }
}

/** Starts a forge on a free port. */
export async function forge(): Promise<ForgeServer> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  return new ForgeServer(server);
}
