import { flag, type Verb } from '../../common/verb';
import { Bootstrap } from '../bootstrap/bootstrap';
import { engineOf } from '../engines/engine';
import { moveState, titles } from '../move/run';
import { openSite } from '../site';
import { PERMISSION_OPTIONS, permissionOf } from './apply';
import { say } from './common';

/** `move`: after the address, the port, the bucket or the guest of the object store was changed in the definition. */
export const move: Verb = {
  summary: 'brings the state from where state.formerly says that it was to where the definition keeps it',
  options: { ...PERMISSION_OPTIONS, 'dry-run': flag('says the steps, does none') },
  examples: ['move --dry-run', 'move --allow restarts-state:105 --allow changes-network:105 --reboots 1'],
  async run(root, typed) {
    const site = openSite(root, 'real');
    const engine = engineOf(site);
    if (typed.options['dry-run']) {
      for (const [index, title] of titles(site, new Bootstrap(site, engine, say)).entries()) say(`would [${index + 1}] ${title}`);
      return 0;
    }
    await moveState(site, engine, say, permissionOf(typed));
    return 0;
  },
};
