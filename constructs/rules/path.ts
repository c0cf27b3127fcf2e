import type { HomelabProps } from '../homelab-props';
import type { ServiceProps } from '../service/service-props';

/** Name of the stack that makes a service: the object store that holds the state comes first, with what it stands on. */
export function stackOf(lab: HomelabProps, service: ServiceProps): 'foundation' | 'services' {
  return service.name === lab.state.service ? 'foundation' : 'services';
}

/** Construct path of a service, e.g. `services/n8n`. */
export function pathOf(lab: HomelabProps, service: ServiceProps): string {
  return `${stackOf(lab, service)}/${service.name}`;
}

/** Name of the stack that makes a resource pool: the first one that has a member of it. */
export function poolStackOf(lab: HomelabProps, pool: string): 'foundation' | 'services' {
  return lab.services.some((service) => service.pool === pool && stackOf(lab, service) === 'foundation') ? 'foundation' : 'services';
}
