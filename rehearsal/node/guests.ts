import { demand, type Caller } from './access';
import type { Guest, Network } from './guest';
import { PveError } from './pve-error';
import type { PveNode } from './pve-node';
import { recordTask } from './task';

/** PVE's short word for a kind of guest. */
export const kindWord = (guest: Pick<Guest, 'kind'>): 'CT' | 'VM' => (guest.kind === 'lxc' ? 'CT' : 'VM');

const TASK_PREFIX = { lxc: 'vz', qemu: 'qm' } as const;

/**
 * Finds a guest of one kind.
 *
 * @throws PveError 500 in the words by which a provider knows that the guest is gone.
 */
export function findGuest<K extends Guest['kind']>(node: PveNode, kind: K, vmid: number): Extract<Guest, { kind: K; }> {
  const guest = node.guests.find((candidate) => candidate.vmid === vmid && candidate.kind === kind);
  if (!guest) {
    const folder = kind === 'lxc' ? 'lxc' : 'qemu-server';
    throw new PveError(500, `Configuration file 'nodes/${node.name}/${folder}/${vmid}.conf' does not exist`);
  }
  return guest as Extract<Guest, { kind: K; }>;
}

/**
 * Opens the creation of a guest.
 *
 * @throws PveError 500 when the VMID is taken, by a guest of either kind, or when this creation is to fail on purpose.
 */
export function openCreation(node: PveNode, caller: Caller, kind: Guest['kind'], vmid: number): void {
  demand(caller, `/vms/${vmid}`, 'VM.Allocate');
  const word = kindWord({ kind });
  const taken = node.guests.find((guest) => guest.vmid === vmid);
  if (taken) {
    const text = `${kindWord(taken)} ${vmid} already exists on node '${node.name}'`;
    throw new PveError(500, `unable to create ${word} ${vmid} - ${text}`);
  }
  const created = node.tasks.filter((task) => task.type === 'vzcreate' || task.type === 'qmcreate');
  const begun = [...new Set([...created.map((task) => task.id), String(vmid)])];
  const fault = node.faults.find((candidate) => candidate.nthGuest === begun.indexOf(String(vmid)) + 1);
  if (!fault) return;
  recordTask(node, `${TASK_PREFIX[kind]}create`, vmid, caller, fault.reason);
  throw new PveError(500, `unable to create ${word} ${vmid} - ${fault.reason}`);
}

/** Checks that every bridge is there. PVE finds out when the guest starts; here it does before anything is made. */
export function demandBridges(node: PveNode, caller: Caller, networks: readonly Network[]): void {
  for (const { bridge } of networks) {
    demand(caller, `/sdn/zones/localnetwork/${bridge}`, 'SDN.Use');
    if (!node.bridges.includes(bridge)) throw new PveError(500, `bridge '${bridge}' does not exist`);
  }
}

/** Adds the guest, and the task that made it. */
export function admitGuest(node: PveNode, caller: Caller, guest: Guest): void {
  node.guests.push(guest);
  recordTask(node, `${TASK_PREFIX[guest.kind]}create`, guest.vmid, caller);
}

/** Starts a guest; a running one is left alone. */
export function startGuest(node: PveNode, caller: Caller, guest: Guest): void {
  demand(caller, `/vms/${guest.vmid}`, 'VM.PowerMgmt');
  if (guest.status === 'running') return;
  guest.status = 'running';
  recordTask(node, `${TASK_PREFIX[guest.kind]}start`, guest.vmid, caller);
}

/** Shuts a guest down. */
export function shutdownGuest(node: PveNode, caller: Caller, guest: Guest): void {
  demand(caller, `/vms/${guest.vmid}`, 'VM.PowerMgmt');
  if (guest.status === 'stopped') return;
  guest.status = 'stopped';
  recordTask(node, `${TASK_PREFIX[guest.kind]}shutdown`, guest.vmid, caller);
}

/** Restarts a running guest. */
export function rebootGuest(node: PveNode, caller: Caller, guest: Guest): void {
  demand(caller, `/vms/${guest.vmid}`, 'VM.PowerMgmt');
  if (guest.status === 'running') recordTask(node, `${TASK_PREFIX[guest.kind]}reboot`, guest.vmid, caller);
}

/**
 * Destroys a stopped guest with its volumes.
 *
 * @throws PveError 500 when it is protected or running.
 */
export function destroyGuest(node: PveNode, caller: Caller, guest: Guest): void {
  demand(caller, `/vms/${guest.vmid}`, 'VM.Allocate');
  const word = kindWord(guest);
  if (guest.protection) throw new PveError(500, `can't remove ${word} ${guest.vmid} - protection mode enabled`);
  if (guest.status === 'running') {
    throw new PveError(500, `unable to destroy ${word} ${guest.vmid} - ${word} ${guest.vmid} is running`);
  }
  const clone = node.guests.find((other) => other.kind === 'qemu' && other.base === guest.vmid);
  if (clone && guest.kind === 'qemu') {
    throw new PveError(500, `base volume '${guest.disks[0]?.volume ?? ''}' is still in use by linked cloned '${clone.vmid}'`);
  }
  node.guests = node.guests.filter((candidate) => candidate !== guest);
  node.volumes = node.volumes.filter((volume) => volume.vmid !== guest.vmid);
  recordTask(node, `${TASK_PREFIX[guest.kind]}destroy`, guest.vmid, caller);
}

/** A MAC address of Proxmox's range that is always the same for the same interface. */
export function macAddress(vmid: number, index: number): string {
  const hex = (vmid * 16 + index).toString(16).toUpperCase().padStart(6, '0').slice(-6);
  return ['BC', '24', '11', ...(hex.match(/../g) ?? [])].join(':');
}
