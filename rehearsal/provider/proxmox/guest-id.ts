import { PveError } from '../../node/pve-error';
import type { PveNode } from '../../node/pve-node';
import type { ObjectValue } from '../../protocol/value';
import { ProviderRefusal } from '../provider-refusal';

const FIRST_VMID = 100;

/** The lowest free VMID, as `/cluster/nextid` answers. */
export function nextVmid(node: PveNode): number {
  const taken = new Set(node.guests.map((guest) => guest.vmid));
  let vmid = FIRST_VMID;
  while (taken.has(vmid)) vmid += 1;
  return vmid;
}

/** Reads an import id such as `pve/102`. */
export function guestFromImportId(id: string): ObjectValue {
  const match = /^([^/]+)\/(\d+)$/.exec(id);
  if (!match) throw new ProviderRefusal(`unexpected format of ID (${id}), expected node/id`);
  return { id: match[2], node_name: match[1], vm_id: Number(match[2]) };
}

/** Runs a request; an answer that says the object is gone gives null. */
export function ifThere<T>(request: () => T): T | null {
  try {
    return request();
  } catch (error) {
    if (error instanceof PveError && /does not exist|no such/i.test(error.reason)) return null;
    throw error;
  }
}
