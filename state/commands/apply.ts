import { createInterface } from 'node:readline/promises';

import { flag, list, value, type Verb } from '../../common/verb';
import { Refusal, WrongUsage } from '../../common/refusal';
import { readPermissions } from '../../review/permission';
import { applyStack } from './apply-stack';
import { stackNamed } from './common';
import { openHouse } from './house';

/** Asks the owner. @returns whether the answer was `yes` */
async function askToGoOn(): Promise<boolean> {
  if (!process.stdin.isTTY) throw new Refusal('nobody is there to be asked whether to apply this; nothing was applied. Say --yes to go on without asking');
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question("state: type 'yes' to apply this plan: ");
  terminal.close();
  return answer.trim() === 'yes';
}

/** Number of guests that may be restarted. @throws WrongUsage for anything but a whole number */
export function rebootsOf(text: string): number {
  if (!/^\d+$/.test(text)) throw new WrongUsage(`--reboots must be a whole number, got '${text}'`);
  return Number(text);
}

/** `apply`: the only way by which the real house is changed. */
export const apply: Verb = {
  words: 'STACK',
  summary: 'plans, has the guard judge the plan, asks, applies that plan, and copies the state',
  options: {
    allow: list('RULE:ADDRESS', 'lets one rule of the judge pass for one resource'),
    reboots: value('N', 'how many running guests may be restarted (default 0)'),
    yes: flag('asks nobody'),
  },
  examples: ['apply foundation', 'apply services --reboots 1'],
  async run(root, { words: [word], options }) {
    const stack = stackNamed(word);
    const permission = { allow: readPermissions((options.allow ?? []) as readonly string[]), reboots: rebootsOf((options.reboots ?? '0') as string) };
    return applyStack(await openHouse(root, stack), { permission, ...(options.yes ? {} : { confirm: askToGoOn }) });
  },
};
