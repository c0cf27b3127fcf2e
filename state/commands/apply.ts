import { confirm } from '../../common/prompt';
import { flag, list, listOf, value, wholeNumberOf, type Arguments, type Verb } from '../../common/verb';
import { readPermissions } from '../../review/permission';
import type { ApplyOptions } from '../guarded-apply';
import { applyHouse } from './apply-stack';
import { stackNamed } from './common';

/** Asks the owner. @returns whether the answer was `yes` */
const askToApply = (): Promise<boolean> => confirm('state: shall this plan be applied?');

/** What the owner says of a plan beforehand. */
export const PERMISSION_OPTIONS = {
  allow: list('RULE:ADDRESS', 'lets one rule of the judge pass for one resource'),
  reboots: value('N', 'how many running guests may be restarted (default 0)'),
  yes: flag('asks nobody'),
  'dry-run': flag('plans and has the plan judged, and applies nothing'),
};

/** What the owner lets a plan do, and how he is asked. @throws WrongUsage for what cannot be read */
export function permissionOf(typed: Arguments): Pick<ApplyOptions, 'permission' | 'confirm' | 'isDryRun'> {
  const permission = { allow: readPermissions(listOf(typed, 'allow')), reboots: wholeNumberOf(typed, 'reboots') ?? 0 };
  if (typed.options['dry-run']) return { permission, isDryRun: true };
  return { permission, ...(typed.options.yes ? {} : { confirm: askToApply }) };
}

/** `apply`: the only way by which the real house is changed. */
export const apply: Verb = {
  words: 'STACK',
  summary: 'plans, has the guard judge the plan, asks, applies that plan, and copies the state',
  options: PERMISSION_OPTIONS,
  examples: ['apply foundation', 'apply services --reboots 1'],
  async run(root, typed) {
    const stack = stackNamed(typed.words[0]);
    return applyHouse(root, stack, permissionOf(typed));
  },
};
