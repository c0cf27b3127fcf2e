import { variablePrefix } from '../core/ansible';
import type { Problem } from '../core/problem';
import type { HomelabProps } from '../homelab-props';
import { derivedVariables } from '../host/host';
import { tokenRightsOf } from '../host/token-rights';
import { checkPool } from './pool';
import { factsToCheck } from './settings';

// Who may reach the host has no field of its own: the house's network is only where it begins.
const replaceable = new Set(['pve_init_firewall_rules']);
/** Switches that make, force or overwrite: each is the word of an owner who watches one run. */
const forOneRun = new Set(['zfs_setup_create_pool', 'zfs_setup_force_import', 'zfs_setup_expand', 'pve_backup_recover', 'pve_backup_restore_guests']);

/** A setting of the host neither contradicts a field of the definition nor makes a dangerous switch a standing one. */
export function checkHostSettings(lab: HomelabProps, declared: ReadonlySet<string>): Problem[] {
  const facts = factsToCheck(lab, declared);
  // What cannot be derived has been reported by the rule that misses something.
  // Only the names of variables matter here, and no stack is built yet.
  const noRights = tokenRightsOf(lab.host.apiToken, { by: new Map(), unknownTypes: [] });
  const derived = facts && checkPool(lab).length === 0 ? new Set(Object.keys(derivedVariables(lab, facts, noRights))) : new Set<string>();
  const names = Object.entries(lab.host.settings ?? {}).flatMap(([role, own]) => Object.keys(own ?? {}).map((name) => ({ role, name, variable: variablePrefix(role) + name })));
  return names.flatMap(({ role, name, variable }): Problem[] => {
    const got = `settings.${role}.${name}`;
    if (forOneRun.has(variable)) {
      return [{ path: 'host', rule: 'a switch that may overwrite or force something is given for one run, never kept', got, remedy: `remove it; give it once: -e ${variable}=…` }];
    }
    if (derived.has(variable) && !replaceable.has(variable)) {
      return [{ path: 'host', rule: 'a setting of the host does not contradict a field of the definition', got: `${got}, which already follows from a field`, remedy: 'change that field, and remove the setting' }];
    }
    return [];
  });
}
