import { confirm } from '../../common/prompt';
import { WrongUsage } from '../../common/refusal';
import { flag, textOf, value, type Arguments, type Verb } from '../../common/verb';
import { authorityOf, secondsOf } from '../health/verb';
import { isWell } from '../health/wait';
import { askHost, runOnHost } from '../host';
import { guestsNamed, readCareManifest } from '../manifest';

/** `./house restore`: brings a service, one volume, one database or one file back, and asks whether it is well. */
export const restore: Verb = {
  words: 'SERVICE',
  summary: 'brings a service back from a moment or from the copy elsewhere; what it replaces is kept under a name',
  options: {
    from: value('WHEN', 'latest, a time such as 2026-11-27T02:00 (UTC), or offhost (default latest)'),
    volume: value('NAME', 'only this volume'),
    database: value('NAME', 'only this database'),
    file: value('PATH', 'only this file or folder, as the guest names it'),
    'dry-run': flag('says what would be replaced by what, and changes nothing'),
    yes: flag('does it without a question'),
    timeout: value('SEC', 'how long the service may take to be well afterwards (default 300)'),
  },
  examples: ['restore paperless-ngx --dry-run', 'restore gitea --from 2026-11-27', 'restore n8n --database n8n', 'restore trilium --from offhost'],
  run: async (root, args) => {
    const [name, ...more] = args.words;
    if (name === undefined || more.length > 0) throw new WrongUsage('restore takes the name of one service');
    const timeoutSec = secondsOf(args.options['timeout'], 300);
    const manifest = readCareManifest(root);
    const [guest] = guestsNamed(manifest, [name]);
    const words = [name, ...(['from', 'volume', 'database', 'file'] as const).flatMap((option) => wordsOf(args, option))];
    console.log(askHost(manifest, ['pve-restore', 'plan', ...words]).trimEnd());
    if (args.options['dry-run']) return 0;
    if (!args.options['yes'] && !(await confirm(`restore ${name} so?`))) {
      console.log('restore: nothing was done');
      return 1;
    }
    const code = await runOnHost(manifest, ['pve-restore', 'run', ...words]);
    if (code !== 0) {
      console.error(`restore: not ended; the same command goes on where it stopped: ./house restore ${words.join(' ')}`);
      return code;
    }
    if (await isWell(guest!, timeoutSec, { authorityPem: authorityOf(root, undefined) })) return 0;
    console.error(`restore: ${name} is back and not well; what was there before is kept, see on the host: pve-restore kept`);
    return 1;
  },
};

function wordsOf(args: Arguments, option: string): string[] {
  const said = textOf(args, option);
  return said === undefined ? [] : [`--${option}`, said];
}
