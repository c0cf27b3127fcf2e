import { grantedPrivileges, surplusPrivileges, type NeededPrivileges } from '../../common/privileges';
import type { Plain } from '../core/setting';
import type { ApiTokenProps } from './host-props';

/** What Terraform's API token may do. */
export interface TokenRights {
  /** Roles that Proxmox VE itself brings. */
  readonly roles: readonly 'PVEAdmin'[];
  /** Privileges of the house's own role, sorted: what is needed, or what is needed beyond the other roles. */
  readonly own: readonly string[];
  /** Privileges that nothing needs, sorted. */
  readonly surplus: readonly string[];
  /** How many are needed. */
  readonly neededCount: number;
  /** Types of resources whose needs nobody has written down. */
  readonly unknownTypes: readonly string[];
}

/** Days for which a token goes on after it is due: whoever is reminded is not too late already. */
const graceDays = 14;

/** Days until a token should be made anew. */
export const tokenRotateDays = ({ rotateDays = 180 }: ApiTokenProps): number => rotateDays;

/** Decides the rights of a token from what the stacks need. */
export function tokenRightsOf(token: ApiTokenProps, needed: NeededPrivileges): TokenRights {
  const roles = token.role ? [token.role] : [];
  const base = new Set(grantedPrivileges({ roles, own: [] }));
  const wanted = new Set([...needed.by.keys(), ...(token.extraPrivileges ?? [])]);
  const own = [...wanted].filter((privilege) => !base.has(privilege)).sort();
  return {
    roles,
    own,
    surplus: surplusPrivileges(needed, { roles, own }),
    neededCount: needed.by.size,
    unknownTypes: needed.unknownTypes,
  };
}

/** What the owner is told of rights that do not fit. */
export function rightsNotices(token: ApiTokenProps, { surplus, neededCount, unknownTypes }: TokenRights): string[] {
  const sources = [...(token.role ? ["the word 'role'"] : []), ...(token.extraPrivileges?.length ? ["'extraPrivileges'"] : [])].join(' and ');
  return [
    ...(surplus.length > 0 ? [`the API token may do ${surplus.length} things that nothing here needs: ${surplus.join(', ')}. Without ${sources} in host.apiToken it has exactly the ${neededCount} that are needed`] : []),
    ...unknownTypes.map((type) => `what the API token needs for '${type}' is not known: add a row to common/privileges.ts`),
  ];
}

/** Variables of the role pve-init for the token: whose it is, how long it lives, what it may do. */
export function tokenVariables(token: ApiTokenProps, { roles, own }: TokenRights): Record<string, Plain> {
  return {
    pve_init_api_user: token.user,
    pve_init_api_token: token.tokenId,
    pve_init_api_token_days: tokenRotateDays(token) + graceDays,
    pve_init_api_roles: [...roles],
    pve_init_api_own_role: { name: 'HomelabToken', privileges: [...own] },
  };
}
