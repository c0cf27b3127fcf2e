import type { ObjectStore } from './object-store';
import { element, failed, requireS3, s3Request } from './s3-request';

/** One version of an object, newest first in a list. */
export interface ObjectVersion {
  readonly versionId: string;
  /** Time of writing, ISO 8601. */
  readonly lastModified: string;
  readonly sizeBytes: number;
  /** Whether this version says that the object was deleted. */
  readonly isDeleteMarker: boolean;
}

/**
 * Reads an object.
 * @param versionId which version. @default - the newest
 * @returns undefined when there is none
 * @throws Refusal when it cannot be read, or there is no such bucket
 */
export async function readObject(store: ObjectStore, bucket: string, key: string, versionId?: string): Promise<string | undefined> {
  const version = versionId === undefined ? '' : `?versionId=${encodeURIComponent(versionId)}`;
  const what = `reading '${key}'`;
  const answer = await s3Request(store, what, { method: 'GET', path: `/${bucket}/${key}${version}` });
  if (answer.status === 200) return answer.text;
  if (answer.status === 404 && element(answer.text, 'Code') !== 'NoSuchBucket') return undefined;
  throw failed(store, what, answer);
}

/**
 * Writes an object only where there is none, atomically.
 * @returns false when there is one already, which stays as it is
 */
export async function createObject(store: ObjectStore, bucket: string, key: string, content: string): Promise<boolean> {
  const what = `writing '${key}'`;
  const answer = await s3Request(store, what, { method: 'PUT', path: `/${bucket}/${key}`, body: content, headers: { 'if-none-match': '*' } });
  if (answer.status === 412) return false;
  if (answer.status >= 300) throw failed(store, what, answer);
  return true;
}

/** All versions of one object, newest first. */
export async function listVersions(store: ObjectStore, bucket: string, key: string): Promise<ObjectVersion[]> {
  const found: ObjectVersion[] = [];
  let from = '';
  do {
    const path = `/${bucket}?versions&prefix=${encodeURIComponent(key)}${from}`;
    const page = await requireS3(store, `listing versions of '${key}'`, { method: 'GET', path });
    for (const [, kind, entry] of page.matchAll(/<(Version|DeleteMarker)>([^]*?)<\/\1>/g)) {
      if (element(entry!, 'Key') !== key) continue;
      found.push({
        versionId: element(entry!, 'VersionId') ?? '',
        lastModified: element(entry!, 'LastModified') ?? '',
        sizeBytes: Number(element(entry!, 'Size') ?? 0),
        isDeleteMarker: kind === 'DeleteMarker',
      });
    }
    const next = element(page, 'IsTruncated') === 'true' ? element(page, 'NextKeyMarker') : undefined;
    from = next === undefined ? '' : `&key-marker=${encodeURIComponent(next)}&version-id-marker=${encodeURIComponent(element(page, 'NextVersionIdMarker') ?? '')}`;
    // Other keys begin with this one's name; those come after it.
    if (next !== undefined && next !== key) break;
  } while (from);
  return found;
}
