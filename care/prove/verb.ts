import { flag, value, wholeNumberOf, type Verb } from '../../common/verb';
import { secondsOf } from '../health/verb';
import { askHost, runOnHost } from '../host';
import { guestsNamed, readCareManifest } from '../manifest';

/** `./house prove-restore`: tries the newest backups in throw-away guests, and removes them again. */
export const proveRestore: Verb = {
  words: '[SERVICE]...',
  summary: 'restores the newest archive and dump to a throw-away guest on clones, asks its health and counts; touches nothing that lives',
  options: {
    'first-id': value('ID', 'first id of the throw-away guests, 9000 or more (default 9000)'),
    'dry-run': flag('says what would be tried, and does nothing'),
    timeout: value('SEC', 'how long a service may take to be well there (default 600)'),
  },
  examples: ['prove-restore', 'prove-restore paperless-ngx gitea', 'prove-restore --dry-run'],
  run: async (root, args) => {
    const firstId = wholeNumberOf(args, 'first-id');
    const timeoutSec = secondsOf(args.options['timeout'], 600);
    const manifest = readCareManifest(root);
    guestsNamed(manifest, args.words);
    const words = [...args.words, ...(firstId === undefined ? [] : ['--first-id', String(firstId)])];
    if (args.options['dry-run']) {
      console.log(askHost(manifest, ['pve-prove', 'plan', ...words]).trimEnd());
      return 0;
    }
    return runOnHost(manifest, ['pve-prove', 'run', ...words, '--timeout-sec', String(Math.ceil(timeoutSec))]);
  },
};
