import { ROOT } from '../node/access';
import type { Guest } from '../node/guest';
import { destroyGuest, shutdownGuest } from '../node/guests';
import type { PveNode } from '../node/pve-node';
import { Refusal } from '../../common/refusal';
import { amountOf } from '../scenarios/relative';
import type { HandStep } from '../scenarios/scenario';

/**
 * Does on the node what a person would do past Terraform.
 *
 * @returns What was done, in words, and the guest it was done to.
 * @throws Refusal when the guest or disk is not there.
 */
export function actByHand(node: PveNode, step: HandStep): { readonly told: string; readonly vmid: number | null; } {
  const told: string[] = [];
  let vmid: number | null = null;
  const guest = (wanted: number | 'any'): Guest => {
    const found = wanted === 'any' ? anyGuest(node) : node.guests.find((candidate) => candidate.vmid === wanted);
    if (!found) throw new Refusal(`by hand: there is no guest ${wanted}`, 'name a guest that the stacks define');
    vmid = found.vmid;
    return found;
  };
  if (step.stop !== undefined) {
    const stopped = guest(step.stop);
    shutdownGuest(node, ROOT, stopped);
    told.push(`stopped ${stopped.name} (${stopped.vmid})`);
  }
  if (step.remove !== undefined) {
    const gone = guest(step.remove);
    shutdownGuest(node, ROOT, gone);
    gone.protection = false;
    destroyGuest(node, ROOT, gone);
    told.push(`deleted ${gone.name} (${gone.vmid})`);
  }
  if (step.setMemoryMiB) {
    const changed = guest(step.setMemoryMiB.guest);
    changed.memoryMiB = amountOf(step.setMemoryMiB.memoryMiB, changed.memoryMiB);
    told.push(`set memory of ${changed.name} (${changed.vmid}) to ${changed.memoryMiB} MiB`);
  }
  if (step.renewDownloadsMiB !== undefined) {
    node.downloads = [{ url: '*', sizeMiB: step.renewDownloadsMiB }];
    told.push(`every download is ${step.renewDownloadsMiB} MiB now`);
  }
  if (step.clearDisk !== undefined) {
    const disks = node.disks.filter(({ name, kind }) => (step.clearDisk === 'pools' ? kind === 'zpool' : name === step.clearDisk));
    if (disks.length === 0) throw new Refusal(`by hand: there is no disk ${step.clearDisk}`, 'name a disk of the node');
    for (const disk of disks) disk.usedGiB = 0;
    told.push(`made room on ${disks.map((disk) => disk.name).join(', ')}`);
  }
  if (step.repair) {
    node.faults = [];
    told.push('repaired what failed');
  }
  if (step.grant) {
    for (const token of node.tokens) token.privileges.push(...step.grant);
    told.push(`granted ${step.grant.join(', ')}`);
  }
  return { told: told.join(', '), vmid };
}

const anyGuest = (node: PveNode): Guest | undefined =>
  [...node.guests]
    .filter((guest) => guest.status === 'running' && !guest.template)
    .sort((a, b) => a.vmid - b.vmid)[0];
