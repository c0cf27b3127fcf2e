import type { HomelabProps } from './homelab-props';
import type { Artefact } from './render/artefact';
import { stackOf } from './rules/path';

/** Something that may be there before Terraform knows it. */
interface Existing {
  /** Address in the stack. */
  readonly address: string;
  /** What the provider imports it by. */
  readonly id: string;
}

const TYPE = { container: 'proxmox_virtual_environment_container', machine: 'proxmox_virtual_environment_vm' } as const;

/**
 * What Terraform may take over as it is, by stack: guests that the definition says are there, and what every host has
 * before its house. No import block stands in a stack: one there would be in force for ever.
 */
export function adoptionOf(lab: HomelabProps): Artefact {
  const { nodeName } = lab.host;
  const guest = (name: string, vmId: number, kind: keyof typeof TYPE = 'container'): Existing => ({ address: `${TYPE[kind]}.${name}`, id: `${nodeName}/${vmId}` });
  const services = (stack: string) => lab.services.filter((service) => service.importExisting && stackOf(lab, service) === stack).map(({ name, vmId, vm }) => guest(name, vmId, vm ? 'machine' : 'container'));
  const { name: pool } = lab.storage.pool;
  const manifest = {
    foundation: [{ address: `proxmox_storage_zfspool.${pool}`, id: pool }, ...services('foundation')],
    services: [...(lab.adopted ?? []).map(({ name, vmId }) => guest(name, vmId)), ...services('services')],
  };
  return { path: 'adopt/manifest.json', content: `${JSON.stringify(manifest, null, 2)}\n` };
}
