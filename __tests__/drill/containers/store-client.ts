import { readFileSync } from 'node:fs';

import { seaweedfs } from '../../../state/engines/seaweedfs';
import type { Credentials, ObjectStore } from '../../../state/object-store';
import { listVersions, readObject } from '../../../state/s3';
import { contentMd5, requireS3, s3Request } from '../../../state/s3-request';
import { BUCKET, forge, FORGERIES, STATE, TRUE_STATE } from '../../state/forgeries';

/** What the tester at the other end of the wire saw of the store. */
export interface Seen {
  /** Status of each forged request, by its kind, one for each name it carried. */
  readonly forged: Readonly<Record<string, readonly number[]>>;
  /** Status of what the limited key may not do. */
  readonly forbidden: readonly number[];
  readonly state: string | undefined;
  readonly versions: number;
}

const KEY: Credentials = { accessKeyId: 'KeyOfTerraformAlone1', secretAccessKey: 'a-secret-of-the-limited-key' };

async function look(endpoint: string, authorityPath: string, credentials: Credentials): Promise<Seen> {
  const admin: ObjectStore = { endpoint, authorityPath, credentials };
  const limited = { ...admin, credentials: KEY };
  await seaweedfs.configure(admin, BUCKET, KEY, [`${STATE}.tflock`]);
  if ((await readObject(limited, BUCKET, STATE)) === undefined) await requireS3(limited, 'writing', { method: 'PUT', path: `/${BUCKET}/${STATE}`, body: TRUE_STATE });
  const forged: Record<string, number[]> = {};
  for (const [kind, forgery] of Object.entries(FORGERIES)) {
    for (const name of [credentials.accessKeyId, KEY.accessKeyId, 'nobody', 'admin']) (forged[kind] ??= []).push((await forge(endpoint, readFileSync(authorityPath, 'utf8'), forgery, name)).status);
  }
  const rules = '<LifecycleConfiguration/>';
  const forbidden = [
    await s3Request(limited, 'asking', { method: 'DELETE', path: `/${BUCKET}/${STATE}` }),
    await s3Request(limited, 'asking', { method: 'PUT', path: '/another' }),
    await s3Request(limited, 'asking', { method: 'PUT', path: `/${BUCKET}?lifecycle`, body: rules, headers: contentMd5(rules) }),
  ];
  return { forged, forbidden: forbidden.map(({ status }) => status), state: await readObject(limited, BUCKET, STATE), versions: (await listVersions(limited, BUCKET, STATE)).length };
}

const [endpoint, authority, accessKeyId] = process.argv.slice(2);
const secretAccessKey = readFileSync(0, 'utf8');
look(endpoint!, authority!, { accessKeyId: accessKeyId!, secretAccessKey }).then(
  (seen) => console.log(JSON.stringify(seen)),
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
