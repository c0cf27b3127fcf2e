import { actionOf, type Action, type Attributes, type PlanJson } from './plan-json';

/** Resource types that are guests. */
const KINDS: Readonly<Record<string, 'container' | 'virtual machine'>> = {
  proxmox_virtual_environment_container: 'container',
  proxmox_virtual_environment_vm: 'virtual machine',
  proxmox_cloned_vm: 'virtual machine',
  proxmox_virtual_environment_cloned_vm: 'virtual machine',
  proxmox_virtual_environment_vm2: 'virtual machine',
  proxmox_vm: 'virtual machine',
};

/** What a plan does to one guest. */
export interface GuestChange {
  readonly address: string;
  readonly kind: 'container' | 'virtual machine';
  readonly action: Action;
  readonly before: Attributes | null;
  readonly after: Attributes | null;
}

/** The guests a plan changes. */
export const guestChanges = (plan: PlanJson): GuestChange[] =>
  (plan.resource_changes ?? [])
    .filter((resource) => resource.type in KINDS && actionOf(resource) !== 'none')
    .map((resource) => ({
      address: resource.address,
      kind: KINDS[resource.type],
      action: actionOf(resource),
      before: resource.change.before,
      after: resource.change.after,
    }));

/** VMID in a set of values: `vm_id`, or `id` of types that have no other. Null when it is not known yet. */
export function vmidOf(values: Attributes | null): number | null {
  const vmid = Number(values?.vm_id ?? values?.id ?? Number.NaN);
  return Number.isInteger(vmid) ? vmid : null;
}

/** What makes a guest worth more than a copy of its template, in words; empty when nothing shows in its values. */
export function dataHeld(values: Attributes | null): string[] {
  const held: string[] = [];
  if (values?.protection === true) held.push('it is protected');
  const mounts = listOf(values?.mount_point);
  if (mounts.length > 0) held.push(`it has ${mounts.length} mount point${mounts.length > 1 ? 's' : ''}`);
  if (values?.template !== true) held.push('its root disk exists only once');
  return held;
}

/** The objects of a block list. */
export const listOf = (value: unknown): Attributes[] => (Array.isArray(value) ? (value as Attributes[]) : []);
