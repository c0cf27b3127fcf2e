import { variablePrefix } from '../core/ansible';
import { resolveSetting, type LabFacts, type Plain, type Setting } from '../core/setting';

/** Roles that bring the host up, in the order in which they are run. */
export const hostRoles = ['pve-init', 'pve-bridge', 'zfs_setup', 'pve_storage', 'pve_template', 'nvidia-passthrough', 'pve_backup', 'node_exporter'] as const;

/** One role of the host. */
export type HostRole = (typeof hostRoles)[number];

/** Variables of the host's roles, without their prefix, as services have them. */
export type HostSettings = Readonly<Partial<Record<HostRole, Readonly<Record<string, Setting>>>>>;

/** Settings of the host with each role's prefix, by variable. */
export function hostSettingVariables(settings: HostSettings, facts: LabFacts): Record<string, Plain> {
  const entries = Object.entries(settings).flatMap(([role, own]) =>
    Object.entries(own ?? {}).map(([name, setting]) => [variablePrefix(role) + name, resolveSetting(setting, facts)] as const),
  );
  return Object.fromEntries(entries);
}
