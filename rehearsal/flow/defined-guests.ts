import type { ResourceConfig, Stack } from './stack';

/** A guest as a stack defines it. */
export interface DefinedGuest {
  readonly address: string;
  readonly vmid: number;
  readonly template: boolean;
  /** GiB of all its disks. */
  readonly diskGiB: number;
}

/** Guests that the stacks define: every resource with a VMID of its own. */
export const definedGuests = (stacks: readonly Stack[]): DefinedGuest[] =>
  stacks.flatMap(({ config }) =>
    Object.entries(config.resource ?? {}).flatMap(([type, resources]) =>
      Object.entries(resources).flatMap(([name, resource]) =>
        typeof resource.vm_id === 'number'
          ? [{ address: `${type}.${name}`, vmid: resource.vm_id, template: resource.template === true, diskGiB: diskGiB(resource) }]
          : []
      )
    )
  );

function diskGiB({ disk }: ResourceConfig): number {
  const disks = (Array.isArray(disk) ? disk : [disk ?? {}]) as { readonly size?: number; }[];
  return disks.reduce((sum, { size }) => sum + (size ?? 0), 0);
}
