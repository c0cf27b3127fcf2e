import { guestText, isGuest, listedType, nameOf, shown, vmidOf, type Change } from '../change';
import { asks, forbids, type Finding } from '../rule';
import type { Situation } from '../situation';
import { differences, pathText, type Path } from '../values';

/** Attributes that only Terraform's state has: writing them changes nothing on the host. */
const STATE_ONLY = /^(timeout_\w+|purge_on_destroy|delete_unreferenced_disks_on_destroy|stop_on_destroy|wait_for_ip|migrate|reboot|reboot_after_update)$/;

/** Whether a path leads to what only Terraform's state has. */
export const isStateOnly = ([first]: Path): boolean => STATE_ONLY.test(String(first));

const imported = (change: Change): boolean => change.isImport && isGuest(change);

/** A guest that comes under Terraform is named, like one that would be lost. */
export const importsGuest = asks('imports-guest', 'unclear', (change) =>
  imported(change)
    ? [{ problem: `this would bring ${guestText(change)} into the state: from then on plans change it`, remedy: 'take the import block, or importExisting, out of the definition' }]
    : [],
);

/** An import block under which another guest is found than the definition means. */
export const importsStranger = forbids('imports-stranger', 'correct the VMID in the definition', (change, situation) =>
  imported(change) ? strangers(change, situation).map((problem) => ({ problem, remedy: 'correct the VMID or the name in the definition' })) : [],
);

function strangers(change: Change, { guests }: Situation): string[] {
  const vmid = vmidOf(change.after) ?? vmidOf(change.before);
  const listed = vmid === null ? undefined : guests.get(vmid);
  if (!listed) return [`guest ${vmid ?? 'without a VMID'} would be imported, and the host's list has no such guest`];
  const problems: string[] = [];
  const meant = nameOf(change.after);
  const found = listed.name ?? nameOf(change.before);
  if (meant !== null && found !== null && meant !== found) problems.push(`guest ${vmid} is '${found}', and the definition says '${meant}'`);
  const type = listedType(change);
  if (listed.type !== type) problems.push(`guest ${vmid} is ${listed.type}, and the definition says ${type}`);
  return problems;
}

/** An import takes a guest as it is. */
export const changesImported = asks('changes-imported', 'unclear', (change) => {
  if (!imported(change) || change.action === 'none') return [];
  const changed = differences(change.before, change.after).filter((path) => !isStateOnly(path));
  return changed.length === 0 ? [] : [finding(change, changed)];
});

const finding = (change: Change, changed: readonly Path[]): Finding => ({
  problem: `taking over ${guestText(change)} would change it: ${changed.map((path) => `${pathText(path)} ${shown(change, path)}`).join(', ')}`,
  remedy: 'write into the definition what the guest has now, and change it afterwards',
});
