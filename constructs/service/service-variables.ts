import { resolveSetting, type LabFacts, type Plain } from '../core/setting';
import { variablePrefix, type RoleRun } from '../core/ansible';
import { volumesOf } from './data';
import { dumpVariables } from './dump-variables';
import { datasetNameOf, roleOf, type ServiceProps } from './service-props';

/** Where a service stands in the house. */
export interface ServiceSite {
  readonly sshKeys: readonly string[];
  readonly stack: string;
  /** Dataset that holds the volumes of all services, e.g. `tank/data`. */
  readonly volumesDataset: string;
  readonly pool: string;
}

/** Variables of a guest: the base, and its role's settings with the role's prefix. */
export function serviceVariables(service: ServiceProps, site: ServiceSite, lab: LabFacts): Record<string, Plain> {
  const prefix = variablePrefix(roleOf(service));
  const variables: Record<string, Plain> = {
    guest_base_authorized_keys: [...site.sshKeys],
    guest_base_timezone: lab.timezone,
    // Whoever answers at this address must be the machine that Terraform made.
    guest_base_expected_mac: `{{ homelab_handover_${site.stack}['${service.name}'].mac | default('') }}`,
    ...volumeVariables(service),
    ...dumpVariables(service),
  };
  for (const [key, setting] of Object.entries(service.settings ?? {})) variables[prefix + key] = resolveSetting(setting, lab);
  return variables;
}

/** Where a role finds the volumes of its service, and that it writes nowhere else. */
export function volumeVariables(service: ServiceProps): Record<string, Plain> {
  const prefix = variablePrefix(roleOf(service));
  const ofVolumes = volumesOf(service.data).map(({ name, path }) => ({
    [`${prefix}${name}_dir`]: path,
    [`${name === 'data' ? prefix : `${prefix}${name}_`}require_mount`]: true,
  }));
  return Object.assign({}, ...ofVolumes) as Record<string, Plain>;
}

/** What only root on the host may do for a guest: mount its volumes. */
export function attachVolumes(service: ServiceProps, site: ServiceSite): RoleRun {
  const volumes = volumesOf(service.data).map((volume) => ({
    name: volume.name,
    dataset: `${site.volumesDataset}/${datasetNameOf(service)}/${volume.name}`,
    path: volume.path,
    quota_gib: volume.quotaGiB,
  }));
  return {
    role: 'guest_attach',
    variables: {
      guest_attach_pool: site.pool,
      guest_attach_parent_dataset: site.volumesDataset,
      guest_attach_guests: [{ vmid: service.vmId, name: service.name, volumes }],
    },
  };
}
