import { grantedPrivileges, ROLES, type GrantedPrivileges, type NeededPrivileges } from '../../common/privileges';

/** What is missing or not known, as sentences; none when the token may do what is needed. */
export function privilegeProblems({ by, unknownTypes }: NeededPrivileges, granted: GrantedPrivileges): string[] {
  const all = new Set(grantedPrivileges(granted));
  return [
    ...granted.roles.filter((role) => !ROLES[role]).map((role) => `role '${role}' is not known here; use PVEAdmin, or no role`),
    ...unknownTypes.map((type) => `resource type '${type}' has no row in common/privileges.ts; add what it needs`),
    ...[...by].filter(([privilege]) => !all.has(privilege)).map(([privilege, users]) => `'${privilege}' is needed by ${users.join(', ')} and not granted; write the variables again: make synth`),
  ];
}
