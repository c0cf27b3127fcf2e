import { Refusal } from '../../common/refusal';
import { textOf, value, type Verb } from '../../common/verb';
import { deedsDigest, planDeeds } from '../../review/digest';
import { STACKS } from '../site';
import { applyStack } from './apply-stack';
import { PERMISSION_OPTIONS, permissionOf } from './apply';
import { openHouse } from './house';
import { plannedStack } from './planned';

/**
 * What both stacks would do now, per stack.
 * @throws Refusal when it is not what a review with this digest showed
 */
async function reviewedDeeds(root: string, digest: string): Promise<readonly (readonly string[])[]> {
  const deeds: string[][] = [];
  for (const stack of STACKS) deeds.push(planDeeds(await plannedStack(root, stack)));
  const present = deedsDigest(deeds.flat());
  if (present === digest) return deeds;
  const lines = deeds.flat().map((deed) => `  ${deed}`);
  throw new Refusal(
    `the plan of today is ${present}, and ${digest} was reviewed; nothing was applied. It would do:\n${lines.join('\n') || '  nothing'}`,
    'compare it with the raw plan of the review, and review it anew',
  );
}

/** `./house deploy`: both stacks in order; the second is not planned when the first failed or was declined. */
export const deploy: Verb = {
  isAlone: true,
  summary: 'brings the real house to its definition: per stack plan, judge, question, apply, copies of the state',
  options: { ...PERMISSION_OPTIONS, plan: value('DIGEST', 'only what a review with this digest showed; anything else is refused, and told') },
  examples: ['deploy', 'deploy --reboots 1', 'deploy --plan 3f1c0a9be24d7751'],
  async run(root, typed) {
    const digest = textOf(typed, 'plan');
    const reviewed = digest === undefined ? [] : await reviewedDeeds(root, digest);
    for (const [index, stack] of STACKS.entries()) {
      const deeds = reviewed[index];
      const code = await applyStack(await openHouse(root, stack), { ...permissionOf(typed), ...(deeds && { reviewed: deeds }) });
      if (code !== 0) return code;
    }
    return 0;
  },
};
