import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

import { Refusal } from '../refusal';
import { neededPrivileges, privilegeProblems, type GrantedPrivileges, type StackResources } from '../token/privileges';
import type { Command } from './command';

/** Reads every synthesized stack. @throws Refusal naming the command that writes them */
function readStacks(root: string): StackResources[] {
  const folder = join(root, 'cdktf.out', 'stacks');
  if (!existsSync(folder)) throw new Refusal(`'${folder}' is not there; write it with: npm run synth`);
  return readdirSync(folder).map((stack) => JSON.parse(readFileSync(join(folder, stack, 'cdk.tf.json'), 'utf8')) as StackResources);
}

/** Reads what Ansible grants the token, from the emitted variables of the host. */
function readGrants(root: string): GrantedPrivileges {
  const folder = join(root, 'cdktf.out', 'ansible', 'inventories', 'host_vars');
  for (const file of existsSync(folder) ? readdirSync(folder) : []) {
    const { pve_init_api_roles: roles, pve_init_api_extra_role: role } = parse(readFileSync(join(folder, file), 'utf8')) as {
      pve_init_api_roles?: string[];
      pve_init_api_extra_role?: { privileges?: string[] };
    };
    if (roles) return { roles, extra: role?.privileges ?? [] };
  }
  throw new Refusal(`no file in '${folder}' has 'pve_init_api_roles'; write them with: npm run synth`);
}

/** `token`: whether the API token may do what the stacks need, and nothing that they do not. */
export const token: Command = {
  synopsis: 'token',
  summary: "compares the API token's rights with what the synthesized resources need",
  run({ root, say }) {
    const needed = neededPrivileges(readStacks(root));
    const granted = readGrants(root);
    const problems = privilegeProblems(needed, granted);
    for (const problem of problems) say(problem);
    if (problems.length) return 1;
    say(`${needed.by.size} privileges are needed, all granted by ${[...granted.roles, ...granted.extra].join(' and ')}`);
    return 0;
  },
};
