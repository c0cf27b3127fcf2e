import type { Verb } from '../../common/verb';
import { Refusal } from '../../common/refusal';
import { describeLock, readLock } from '../lock';
import { listVersions } from '../s3';
import { requireS3 } from '../s3-request';
import { s3Block } from '../site';
import { Access } from '../access';
import { say, stackNamed } from './common';
import { stackOf } from './house';

/** `set-aside`: for a state that somebody else wrote. Terraform is not run, and no version is lost. */
export const setAside: Verb = {
  words: 'STACK VERSION_ID',
  summary: 'takes the present version of a state, which must be this one, out of use; it stays in the list of versions',
  async run(root, { words: [word, versionId] }) {
    const stack = stackNamed(word);
    const { site, store } = stackOf(root, stack);
    const { bucket, key } = s3Block(site, stack);
    const [newest] = await listVersions(store, bucket, key);
    if (!newest || newest.isDeleteMarker) throw new Refusal(`there is no present state of '${stack}'; nothing was changed`);
    if (newest.versionId !== versionId) throw new Refusal(`the present version is ${newest.versionId}, got '${versionId ?? ''}'; nothing was changed`, `see: ./house state versions ${stack}`);
    const lock = await readLock(store, bucket, key);
    if (lock) throw new Refusal(describeLock(stack, lock));
    const access = new Access(site);
    // Terraform's own key may not do this.
    await requireS3(access.store(access.admin()), `setting '${key}' aside`, { method: 'DELETE', path: `/${bucket}/${key}` });
    say(`${stack} has no present state now; put a copy in its place before anything else: ./house state restore ${stack}`);
    return 0;
  },
};
