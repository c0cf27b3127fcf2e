import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';

import { Refusal } from '../../common/refusal';
import { toolPath } from '../../tools/tool-path';
import type { ObjectStore } from '../object-store';

const ALIAS = 'store';

function failureText(output: string): string {
  const messages = [...output.matchAll(/"message":\s*"((?:[^"\\]|\\.)*)"/g)].map((match) => match[1]!);
  return messages.join(' ') || output.trim();
}

/**
 * Runs `mc admin`, which alone can administer MinIO; keys reach it through its environment, input through standard input.
 * @throws Refusal in its own words when it fails
 */
export function mcAdmin(store: ObjectStore, what: string, [area, verb, ...rest]: readonly string[], input = ''): string {
  const { accessKeyId, secretAccessKey } = store.credentials;
  const url = new URL(store.endpoint);
  const keys = `${encodeURIComponent(accessKeyId)}:${encodeURIComponent(secretAccessKey)}`;
  const run = spawnSync(toolPath('mc'), ['--json', '--disable-pager', 'admin', area!, verb!, ALIAS, ...rest], {
    encoding: 'utf8',
    input,
    env: {
      PATH: process.env.PATH,
      MC_CONFIG_DIR: join(dirname(store.authorityPath), 'mc'),
      SSL_CERT_FILE: store.authorityPath,
      [`MC_HOST_${ALIAS}`]: `${url.protocol}//${keys}@${url.host}`,
    },
  });
  if (run.error) throw run.error;
  if (run.status !== 0) throw new Refusal(`${what} failed at ${store.endpoint}: ${failureText(run.stdout + run.stderr)}`);
  return run.stdout;
}
