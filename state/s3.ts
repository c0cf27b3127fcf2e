import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';

import { Refusal } from '../common/refusal';
import { toolPath } from '../tools/tool-path';
import type { ObjectStore } from './object-store';

/** One version of an object, newest first in a list. */
export interface ObjectVersion {
  readonly versionId: string;
  /** Time of writing, ISO 8601. */
  readonly lastModified: string;
  readonly sizeBytes: number;
  /** Whether this version says that the object was deleted. */
  readonly isDeleteMarker: boolean;
}

const ALIAS = 'store';
/** Words of the S3 errors that mean "there is no such object". */
const ABSENT = /Object does not exist|The specified key does not exist/;

/** Runs the S3 client `mc`; keys reach it through its environment, input through standard input. */
export function mc(store: ObjectStore, args: readonly string[], input = ''): { readonly ok: boolean; readonly output: string } {
  const { accessKeyId, secretAccessKey } = store.credentials;
  const url = new URL(store.endpoint);
  const keys = `${encodeURIComponent(accessKeyId)}:${encodeURIComponent(secretAccessKey)}`;
  const run = spawnSync(toolPath('mc'), ['--json', '--disable-pager', ...args], {
    encoding: 'utf8',
    input,
    maxBuffer: 256 * 1024 * 1024,
    env: {
      PATH: process.env.PATH,
      MC_CONFIG_DIR: join(dirname(store.authorityPath), 'mc'),
      SSL_CERT_FILE: store.authorityPath,
      [`MC_HOST_${ALIAS}`]: `${url.protocol}//${keys}@${url.host}`,
    },
  });
  if (run.error) throw run.error;
  return { ok: run.status === 0, output: run.status === 0 ? run.stdout : run.stdout + run.stderr };
}

/** Runs `mc` and refuses with its own words when it fails. */
export function requireMc(store: ObjectStore, what: string, args: readonly string[], input = ''): string {
  const { ok, output } = mc(store, args, input);
  if (!ok) throw new Refusal(`${what} failed at ${store.endpoint}: ${failureText(output)}`);
  return output;
}

/** Name of a bucket, or of an object in it, as `mc` wants it. */
export function target(...parts: readonly string[]): string {
  return [ALIAS, ...parts].join('/');
}

/** The lines of `mc --json` as objects. */
export function jsonLines(output: string): Record<string, unknown>[] {
  return output.split('\n').filter(Boolean).map((line) => JSON.parse(line) as Record<string, unknown>);
}

function failureText(output: string): string {
  const messages = [...output.matchAll(/"message":\s*"((?:[^"\\]|\\.)*)"/g)].map((match) => match[1]!);
  return messages.join(' ') || output.trim();
}

/**
 * Reads an object.
 * @param versionId which version. @default - the newest
 * @returns undefined when there is none
 */
export function readObject(store: ObjectStore, bucket: string, key: string, versionId?: string): string | undefined {
  const version = versionId ? ['--version-id', versionId] : [];
  const { ok, output } = mc(store, ['cat', ...version, target(bucket, key)]);
  if (ok) return output;
  if (ABSENT.test(output)) return undefined;
  throw new Refusal(`reading '${key}' failed at ${store.endpoint}: ${failureText(output)}`);
}

/**
 * Writes an object only where there is none, atomically.
 * @returns false when there is one already, which stays as it is
 */
export function createObject(store: ObjectStore, bucket: string, key: string, content: string): boolean {
  const { ok, output } = mc(store, ['pipe', '--quiet', '--custom-header', 'If-None-Match:*', target(bucket, key)], content);
  if (ok) return true;
  if (output.includes('PreconditionFailed')) return false;
  throw new Refusal(`writing '${key}' failed at ${store.endpoint}: ${failureText(output)}`);
}

/** All versions of one object, newest first. */
export function listVersions(store: ObjectStore, bucket: string, key: string): ObjectVersion[] {
  const lines = jsonLines(requireMc(store, `listing versions of '${key}'`, ['ls', '--versions', target(bucket, key)]));
  return lines
    .filter((line) => line.key === key)
    .map((line) => ({
      versionId: String(line.versionId),
      lastModified: String(line.lastModified),
      sizeBytes: Number(line.size),
      isDeleteMarker: line.isDeleteMarker === true,
    }));
}
