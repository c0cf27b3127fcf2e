import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Container } from '../../drill/containers/container';

/** What a browser sends: a form, JSON or text make it a POST. */
export interface Request {
  readonly url: string;
  readonly form?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Addresses by name, as a DNS server would say. */
  readonly names?: Readonly<Record<string, string>>;
  /** File of the one authority that is trusted. @default - those of this machine */
  readonly authority?: string;
}

/** What came back, after redirects. */
export interface Answer {
  readonly status: number;
  readonly url: string;
  readonly body: string;
  /** All cookies that are kept now. */
  readonly cookies: readonly { readonly name: string; readonly secure: boolean }[];
}

/** Somebody in the LAN with a browser: another machine than the guest, and a jar of cookies that sends back what a browser would. */
export class Browser {
  private readonly jar: string;

  /** A browser that has no cookies yet. */
  constructor(private readonly container: Container) {
    this.jar = join(container.folder, 'cookies');
    rmSync(this.jar, { force: true });
  }

  /** Sends a request; throws when nobody answers. */
  send(request: Request): Answer {
    const [command, args] = this.container.atTester(['python3', join(__dirname, 'browser.py'), this.jar]);
    const run = spawnSync(command, args, { input: JSON.stringify(request), encoding: 'utf8' });
    if (run.status !== 0) throw new Error(`no answer from ${request.url}: ${run.stderr}`);
    return JSON.parse(run.stdout) as Answer;
  }
}
