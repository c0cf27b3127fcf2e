import type { Caller } from './access';
import type { PveNode } from './pve-node';

/** Writes a finished task into the node's log. The UPID counts instead of telling the time, so runs are equal. */
export function recordTask(node: PveNode, type: string, id: string | number, caller: Caller, exitStatus = 'OK'): void {
  const serial = (node.tasks.length + 1).toString(16).toUpperCase().padStart(8, '0');
  const upid = `UPID:${node.name}:${serial}:${serial}:${serial}:${type}:${id}:${caller.authId}:`;
  node.tasks.push({ upid, type, id: String(id), authId: caller.authId, exitStatus });
}
