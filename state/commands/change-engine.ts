import { flag, type Verb } from '../../common/verb';
import { changeEngine as change } from '../change-engine/run';
import { openSite } from '../site';
import { say } from './common';

/** `change-engine`: after the definition names another one. */
export const changeEngine: Verb = {
  summary: 'copies both states, installs the engine that the definition names in the same guest, and puts the states into it',
  options: { 'dry-run': flag('shows what would be done, and does nothing') },
  async run(root, { options }) {
    await change(openSite(root, 'real'), say, options['dry-run'] === true);
    return 0;
  },
};
