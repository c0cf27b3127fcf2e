import type { ObjectStore } from '../object-store';
import { contentMd5, requireS3 } from '../s3-request';

/** Days after which a version that is no longer the newest goes; every locked command leaves one. */
const SHORT_LIVED_DAYS = 1;
const XMLNS = 'xmlns="http://s3.amazonaws.com/doc/2006-03-01/"';

/** Old versions below the prefixes expire; all others are kept. */
function lifecycle(prefixes: readonly string[]): string {
  const rules = prefixes.map(
    (prefix) =>
      `<Rule><ID>${prefix}</ID><Status>Enabled</Status><Filter><Prefix>${prefix}</Prefix></Filter>` +
      '<Expiration><ExpiredObjectDeleteMarker>true</ExpiredObjectDeleteMarker></Expiration>' +
      `<NoncurrentVersionExpiration><NoncurrentDays>${SHORT_LIVED_DAYS}</NoncurrentDays></NoncurrentVersionExpiration></Rule>`,
  );
  return `<LifecycleConfiguration ${XMLNS}>${rules.join('')}</LifecycleConfiguration>`;
}

/** Makes the bucket of the states, with versions, where it is not as it should be. */
export async function makeBucket(store: ObjectStore, bucket: string, shortLived: readonly string[]): Promise<void> {
  await requireS3(store, `making the bucket '${bucket}'`, { method: 'PUT', path: `/${bucket}` }, ['BucketAlreadyOwnedByYou']);
  const versioning = `<VersioningConfiguration ${XMLNS}><Status>Enabled</Status></VersioningConfiguration>`;
  await requireS3(store, 'turning versioning on', { method: 'PUT', path: `/${bucket}?versioning`, body: versioning });
  const rules = lifecycle(shortLived);
  await requireS3(store, 'setting the lifecycle', { method: 'PUT', path: `/${bucket}?lifecycle`, body: rules, headers: contentMd5(rules) });
}
