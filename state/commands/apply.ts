import { createInterface } from 'node:readline/promises';

import type { Verb } from '../../common/command-line';
import { Refusal } from '../../common/refusal';
import { copyState } from '../copies/copies';
import { guardedApply } from '../guarded-apply';
import { RemoteState } from '../remote';
import { say, stackNamed } from './common';
import { explain, openHouse } from './house';

/** Asks the owner. @returns whether the answer was `yes` */
async function askToGoOn(): Promise<boolean> {
  if (!process.stdin.isTTY) throw new Refusal('nobody is there to be asked whether to apply this; nothing was applied. Say --yes to go on without asking');
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question("state: type 'yes' to apply this plan: ");
  terminal.close();
  return answer.trim() === 'yes';
}

/** `apply`: the only way by which the real house is changed. */
export const apply: Verb = {
  synopsis: 'apply STACK [--allow ADDRESS]... [--reboots N] [--yes]',
  summary: 'plans, has the guard judge the plan, asks, applies that plan, and copies the state',
  options: { allow: 'list', reboots: 'string', yes: 'boolean' },
  async run(root, { words: [word], options }) {
    const house = await openHouse(root, stackNamed(word));
    const permission = { allow: (options.allow ?? []) as readonly string[], reboots: (options.reboots ?? '0') as string };
    let agreed = true;
    const confirm = async () => (agreed = options.yes === true || (await askToGoOn()));
    const done = await guardedApply(house.site, { ...house.options, permission, confirm });
    if (!agreed) {
      say('nothing was applied');
      return 1;
    }
    const code = done.code === 0 ? 0 : explain(house, done);
    if (code === 0) await copyState(house.site, await RemoteState.open(house.site, house.stack, house.store), say);
    return code;
  },
};
