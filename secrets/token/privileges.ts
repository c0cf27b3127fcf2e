import { PVE_ADMIN, type NeededPrivileges } from '../../common/privileges';

const ROLES: Readonly<Record<string, readonly string[]>> = { PVEAdmin: PVE_ADMIN };

/** The rights that the token is given: roles that Proxmox VE brings, and privileges of a role of the house's own. */
export interface GrantedPrivileges {
  readonly roles: readonly string[];
  readonly own: readonly string[];
}

/** What is missing or not known, as sentences; none when the token may do what is needed. */
export function privilegeProblems({ by, unknownTypes }: NeededPrivileges, granted: GrantedPrivileges): string[] {
  const all = allOf(granted);
  return [
    ...granted.roles.filter((role) => !ROLES[role]).map((role) => `role '${role}' is not known here; use PVEAdmin, or no role`),
    ...unknownTypes.map((type) => `resource type '${type}' has no row in common/privileges.ts; add what it needs`),
    ...[...by].filter(([privilege]) => !all.has(privilege)).map(([privilege, users]) => `'${privilege}' is needed by ${users.join(', ')} and not granted; write the variables again: make synth`),
  ];
}

/** Privileges that the token has and nothing needs, sorted. */
export function surplusPrivileges({ by }: NeededPrivileges, granted: GrantedPrivileges): string[] {
  return [...allOf(granted)].filter((privilege) => !by.has(privilege)).sort();
}

function allOf({ roles, own }: GrantedPrivileges): Set<string> {
  return new Set([...roles.flatMap((role) => ROLES[role] ?? []), ...own]);
}
