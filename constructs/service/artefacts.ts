import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Plain } from '../core/setting';
import type { ServiceProps } from './service-props';

/**
 * Where a guest finds on the pool what it is installed from: files named by their SHA-256, which the host hands over to a
 * container. A machine has no such way, and asks its vendors.
 * @param site name of the host and of its pool
 */
export function poolVariables({ vmId, vm }: ServiceProps, site: { readonly nodeName: string; readonly pool: string }): Record<string, Plain> {
  if (vm) return {};
  return { guest_base_pool_host: site.nodeName, guest_base_pool_vmid: vmId, guest_base_pool_folder: `/${site.pool}/artefacts` };
}

/**
 * Whether a role says which files it is installed from.
 * @param roles folder of all roles
 */
export function keepsArtefacts(roles: string, role: string): boolean {
  return existsSync(join(roles, role, 'tasks', 'artefacts.yml'));
}
