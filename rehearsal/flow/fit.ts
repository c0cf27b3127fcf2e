import { Refusal } from '../../common/refusal';
import { blankNode } from '../node/load-node';
import type { Machine } from '../node/machine';
import type { PveNode } from '../node/pve-node';
import { strangerOn } from '../node/stranger';
import { amountOf, type Relative } from '../scenarios/relative';
import type { Scenario } from '../scenarios/scenario';
import { definedGuests } from './defined-guests';
import type { Stack } from './stack';

/** A node on the house's machine, with what a scenario lays over it in the measure of what the stacks define. */
export function scenarioNode(scenario: Scenario, machine: Machine, stacks: readonly Stack[]): PveNode {
  const guests = definedGuests(stacks);
  const node: PveNode = { ...blankNode(machine), ...structuredClone(scenario.node ?? {}) };
  for (const token of node.tokens) token.privileges = token.privileges.filter((name) => !scenario.revoke?.includes(name));
  if (scenario.failsAtGuest) {
    node.faults.push({ nthGuest: amountOf(scenario.failsAtGuest.nth, guests.length), reason: scenario.failsAtGuest.reason });
  }
  if (scenario.stranger !== undefined) node.guests.push(strangerOn(scenario.stranger === 'any' ? anyOf(stacks) : scenario.stranger));
  if (scenario.poolRoom !== undefined) leaveRoom(node, scenario.poolRoom, guests.reduce((sum, guest) => sum + guest.diskGiB, 0));
  return node;
}

/** The guest that `any` stands for until a step names one: the lowest that is no template. */
export function anyOf(stacks: readonly Stack[]): number {
  const vmids = definedGuests(stacks).flatMap(({ vmid, template }) => (template ? [] : vmid));
  if (vmids.length === 0) throw new Refusal('the stacks define no guest that `any` could stand for', 'name a VMID in the scenario');
  return Math.min(...vmids);
}

/** Fills the pools until so much room is left. */
function leaveRoom(node: PveNode, room: Relative, promisedGiB: number): void {
  for (const disk of node.disks.filter(({ kind }) => kind === 'zpool')) {
    disk.usedGiB = Math.max(0, disk.sizeGiB - amountOf(room, promisedGiB));
  }
}
