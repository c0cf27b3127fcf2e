import { variablePrefix } from '../core/ansible';
import { nearest } from '../../common/nearest';
import type { Problem } from '../core/problem';
import type { HomelabProps } from '../homelab-props';
import type { RoleOptions, Roles } from '../service/role-options';
import { isAnsibles, roleOf, type ServiceProps } from '../service/service-props';
import { volumeVariables } from '../service/service-variables';
import { pathOf } from './path';

/** Every service has a role, which knows each of its settings and is given all that it requires. */
export function checkRoles(lab: HomelabProps, roles: Roles): Problem[] {
  return lab.services.filter(isAnsibles).flatMap((service) => {
    const role = roleOf(service);
    const options = roles.optionsOf(role);
    const path = pathOf(lab, service);
    if (options) return checkSettingsOf(service, options).map((problem) => ({ path, ...problem }));
    const meant = nearest(role, roles.names());
    const remedy = `write ansible/roles/${role}/ with meta/argument_specs.yml, or name another with 'role'${meant === undefined ? '' : `: did you mean '${meant}'?`}`;
    return [{ path, rule: 'the role that installs a service exists; one that is missing breaks every play', got: `'${role}'`, remedy }];
  });
}

function checkSettingsOf(service: ServiceProps, options: RoleOptions): Omit<Problem, 'path'>[] {
  const role = roleOf(service);
  const prefix = variablePrefix(role);
  const given = new Set([...Object.keys(volumeVariables(service)), ...Object.keys(service.settings ?? {}).map((name) => prefix + name)]);
  const short = (name: string): string => name.slice(prefix.length);
  const unknown = [...given].filter((name) => !options.has(name));
  const missing = [...options].filter(([name, { required }]) => required && !given.has(name)).map(([name]) => name);
  const free = [...options.keys()].filter((name) => !given.has(name) && name.startsWith(prefix)).map(short);
  return [
    ...unknown.map((name) => {
      const meant = nearest(short(name), free);
      const remedy = meant === undefined ? `drop it, or declare '${name}' in the role's meta/argument_specs.yml` : `did you mean '${meant}'?`;
      return { rule: `a setting is an option of the role '${role}'`, got: `'${short(name)}'`, remedy };
    }),
    ...missing.map((name) => ({ rule: `the role '${role}' is given every option it requires`, got: `no '${short(name)}'`, remedy: `add '${short(name)}' to 'settings'` })),
  ];
}
