import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

import { Refusal } from '../../common/refusal';
import type { LocalServer } from '../object-store';

const READY_SEC = 90;

/** Ports of 127.0.0.1 that nothing listens on now, all different. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return ports;
}

/** How a server of this machine is started. */
export interface LaunchProps {
  readonly program: string;
  readonly args: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
  readonly endpoint: string;
  /** File for what it says. */
  readonly log: string;
  /** Whether it does its work now. */
  readonly isReady: () => Promise<boolean>;
}

/**
 * Starts a server and waits until it does its work.
 * @throws Refusal naming its log when it does not within 90 s
 */
export async function launch({ program, args, environment, endpoint, log, isReady }: LaunchProps): Promise<LocalServer> {
  const output = openSync(log, 'a');
  // A server must not outlive a killed rehearsal: the next one would write to the same folder beside it.
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', program, ...args], { stdio: ['ignore', output, output], env: { PATH: process.env.PATH, ...environment } });
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    await once(child, 'exit');
  };
  const deadline = Date.now() + READY_SEC * 1000;
  while (Date.now() < deadline && child.exitCode === null) {
    if (await isReady()) return { endpoint, process: child, stop };
    await sleep(100);
  }
  child.kill('SIGKILL');
  throw new Refusal(`the rehearsal's object store did not answer at ${endpoint} within ${READY_SEC} s; see ${log}`);
}
