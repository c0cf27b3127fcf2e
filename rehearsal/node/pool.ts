import { demand, type Caller } from './access';
import { PveError } from './pve-error';
import type { PveNode, ResourcePool } from './pve-node';

/**
 * Finds a pool.
 *
 * @throws PveError 500 when there is none.
 */
export function findPool(node: PveNode, poolid: string): ResourcePool {
  const pool = node.pools.find((candidate) => candidate.poolid === poolid);
  if (!pool) throw new PveError(500, `pool '${poolid}' does not exist`);
  return pool;
}

/** Creates a pool. */
export function createPool(node: PveNode, caller: Caller, poolid: string, comment: string): void {
  demand(caller, `/pool/${poolid}`, 'Pool.Allocate');
  if (node.pools.some((pool) => pool.poolid === poolid)) {
    throw new PveError(500, `create pool failed: pool '${poolid}' already exists`);
  }
  node.pools.push({ poolid, comment, members: [] });
}

/** Deletes a pool; PVE refuses one with members. */
export function deletePool(node: PveNode, caller: Caller, poolid: string): void {
  demand(caller, `/pool/${poolid}`, 'Pool.Allocate');
  if (findPool(node, poolid).members.length > 0) {
    throw new PveError(500, `delete pool failed: pool '${poolid}' is not empty`);
  }
  node.pools = node.pools.filter((pool) => pool.poolid !== poolid);
}

/** Puts a guest or a storage into a pool. */
export function addMember(node: PveNode, caller: Caller, poolid: string, member: number | string): void {
  demand(caller, `/pool/${poolid}`, 'Pool.Allocate');
  const pool = findPool(node, poolid);
  if (typeof member === 'number' && !node.guests.some((guest) => guest.vmid === member)) {
    throw new PveError(500, `VM ${member} does not exist`);
  }
  if (!pool.members.includes(member)) pool.members.push(member);
}

/** Takes a guest or a storage out of a pool. */
export function removeMember(node: PveNode, caller: Caller, poolid: string, member: number | string): void {
  demand(caller, `/pool/${poolid}`, 'Pool.Allocate');
  const pool = findPool(node, poolid);
  pool.members = pool.members.filter((candidate) => candidate !== member);
}
