import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { Refusal } from '../../common/refusal';
import { neededPrivileges, surplusPrivileges, type StackResources } from '../../common/privileges';
import { readHostToken } from '../token/host';
import { privilegeProblems } from '../token/privileges';
import type { Command } from './command';

/** Reads every synthesized stack. @throws Refusal naming the command that writes them */
function readStacks(root: string): StackResources[] {
  const folder = join(root, 'cdktf.out', 'stacks');
  if (!existsSync(folder)) throw new Refusal(`'${folder}' is not there; write it with: make synth`);
  return readdirSync(folder).map((stack) => JSON.parse(readFileSync(join(folder, stack, 'cdk.tf.json'), 'utf8')) as StackResources);
}

/** `token`: whether the API token may do what the stacks need, and what it may do beyond that. */
export const token: Command = {
  summary: "compares the API token's rights with what the synthesized resources need",
  run({ root, say }) {
    const needed = neededPrivileges(readStacks(root));
    const granted = readHostToken(root);
    const problems = privilegeProblems(needed, granted);
    for (const problem of problems) say(problem);
    if (problems.length) return 1;
    say(`${needed.by.size} privileges are needed, all granted by ${[...granted.roles, "the house's own role"].join(' and ')}`);
    const surplus = surplusPrivileges(needed, granted);
    say(surplus.length ? `${surplus.length} more are granted, and nothing needs them: ${surplus.join(', ')}` : 'nothing more is granted');
    return 0;
  },
};
