import type { Verb } from '../../common/verb';
import { trustHost } from '../host-authority';
import { openSite } from '../site';
import { say } from './common';

/** `trust-host`: after the host was installed anew. */
export const trustHostVerb: Verb = {
  summary: "fetches the host's certificate authority over SSH and pins it; the first apply does it by itself",
  run(root) {
    trustHost(openSite(root, 'real'), say);
    return 0;
  },
};
