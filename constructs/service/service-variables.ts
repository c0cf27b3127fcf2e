import { resolveSetting, type LabFacts, type Plain } from '../core/setting';
import { variablePrefix, type RoleRun } from '../core/ansible';
import { volumesOf } from './data';
import type { BindProps } from './guest-props';
import { idMapLines, subordinateIds } from './id-map';
import { dumpVariables } from './dump-variables';
import { guestFacts, machineFactVariables } from '../watch/machine-facts';
import { watchVariables } from '../watch/watch-variables';
import { serialOf } from './vm';
import { datasetNameOf, roleOf, type ServiceProps } from './service-props';

/** Where a service stands in the house. */
export interface ServiceSite {
  readonly sshKeys: readonly string[];
  readonly stack: string;
  /** Dataset that holds the volumes of all services, e.g. `tank/data`. */
  readonly volumesDataset: string;
  readonly pool: string;
  /** Template that machines are cloned from. */
  readonly template: { readonly vmId: number; readonly user: string };
  /** All services of the house: one may show another's volume, and who may reach whom follows from them. */
  readonly services: readonly ServiceProps[];
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
    ...vmVariables(service, site),
    ...dumpVariables(service),
    ...machineFactVariables(guestFacts(service)),
    ...watchVariables(service, lab),
  };
  for (const [key, setting] of Object.entries(service.settings ?? {})) variables[prefix + key] = resolveSetting(setting, lab);
  return variables;
}

/** How Ansible comes into a machine, and which disks are its volumes. A container has none of it. */
function vmVariables({ vm, data }: ServiceProps, { template }: ServiceSite): Record<string, Plain> {
  if (!vm) return {};
  const volumes = volumesOf(data);
  return {
    ansible_user: template.user,
    ansible_become: true,
    ...(volumes.length > 0 ? { guest_disks_volumes: volumes.map(({ name, path }) => ({ serial: serialOf(name), path })) } : {}),
  };
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

/** What only root on the host may do for a guest: mount its volumes, and all else that an API token cannot. */
export function attachVolumes(service: ServiceProps, site: ServiceSite): RoleRun {
  const volumes = volumesOf(service.data).map((volume) => ({
    name: volume.name,
    dataset: datasetOf(site.volumesDataset, service, volume.name),
    path: volume.path,
    quota_gib: volume.quotaGiB,
  }));
  return {
    role: 'guest_attach',
    variables: {
      guest_attach_pool: site.pool,
      guest_attach_parent_dataset: site.volumesDataset,
      guest_attach_guests: [{ vmid: service.vmId, name: service.name, volumes, ...rootsPart(service, site) }],
    },
  };
}

/** Features, devices, folders of others and ids of a container; only what the service has. */
function rootsPart({ features = [], devices = [], binds = [], idMap = [] }: ServiceProps, site: ServiceSite): Record<string, Plain> {
  const { users, groups } = subordinateIds(idMap);
  return {
    ...(features.length > 0 ? { features: [...features] } : {}),
    ...(devices.length > 0 ? { devices: devices.map(({ path, mode = '0660', uid = 0, gid = 0 }) => ({ path, mode, uid, gid })) } : {}),
    ...(binds.length > 0 ? { binds: binds.map((bind) => ({ ...boundSource(bind, site), path: bind.path, read_only: bind.readOnly ?? false })) } : {}),
    ...(idMap.length > 0 ? { id_map: idMapLines(idMap), host_users: users, host_groups: groups } : {}),
  };
}

/** What a bind shows: a dataset by its full name, of which a rule has seen that it is there, or a folder of the host. */
function boundSource(bind: BindProps, site: ServiceSite): { readonly dataset: string } | { readonly folder: string } {
  if ('hostPath' in bind) return { folder: bind.hostPath };
  if ('dataset' in bind) return { dataset: `${site.pool}/${bind.dataset}` };
  return { dataset: datasetOf(site.volumesDataset, site.services.find(({ name }) => name === bind.service)!, bind.volume) };
}

/** Full name of the dataset of a volume. */
function datasetOf(parent: string, service: ServiceProps, volume: string): string {
  return `${parent}/${datasetNameOf(service)}/${volume}`;
}
