import type { Verb } from '../../common/verb';
import { Access } from '../access';
import { configureStore } from '../configure';
import { openSite, s3Block } from '../site';
import { engineOf } from '../engines/engine';
import { say } from './common';

/** `configure`: for a bucket that is gone, or a new key. */
export const configure: Verb = {
  summary: "makes the bucket, its versions and lifecycle, and Terraform's key, where they are not as they should be",
  async run(root) {
    const site = openSite(root, 'real');
    await configureStore(engineOf(site), new Access(site));
    say(`the bucket '${s3Block(site, 'foundation').bucket}' and Terraform's key are as they should be`);
    return 0;
  },
};
