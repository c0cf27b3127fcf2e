import type { Verb } from '../../common/verb';
import { STACKS } from '../site';
import { apply } from './apply';

/** `./house deploy`: both stacks in order; the second is not planned when the first failed or was declined. */
export const deploy: Verb = {
  summary: 'brings the real house to its definition: per stack plan, judge, question, apply, copies of the state',
  ...(apply.options && { options: apply.options }),
  examples: ['deploy', 'deploy --reboots 1'],
  async run(root, { options }) {
    for (const stack of STACKS) {
      const code = await apply.run(root, { words: [stack], options });
      if (code !== 0) return code;
    }
    return 0;
  },
};
