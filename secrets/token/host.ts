import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

import type { GrantedPrivileges } from '../../common/privileges';
import { Refusal } from '../../common/refusal';

/** The API token as Ansible makes it on the host. */
export interface HostToken extends GrantedPrivileges {
  /** `user@realm!token`. */
  readonly id: string;
}

/** Reads it from the emitted variables of the host. @throws Refusal naming the command that writes them */
export function readHostToken(root: string): HostToken {
  const folder = join(root, 'cdktf.out', 'ansible', 'inventories', 'host_vars');
  for (const file of existsSync(folder) ? readdirSync(folder) : []) {
    const variables = parse(readFileSync(join(folder, file), 'utf8')) as {
      pve_init_api_user?: string;
      pve_init_api_token?: string;
      pve_init_api_roles?: string[];
      pve_init_api_own_role?: { privileges?: string[] };
    };
    const { pve_init_api_user: user, pve_init_api_token: token, pve_init_api_roles: roles, pve_init_api_own_role: role } = variables;
    if (roles) return { id: `${user}!${token}`, roles, own: role?.privileges ?? [] };
  }
  throw new Refusal(`no file in '${folder}' has 'pve_init_api_roles'; write them with: make synth`);
}
