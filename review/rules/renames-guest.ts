import { guestText, isGuest, vmidOf, type Change } from '../change';
import { forbids } from '../rule';
import type { Situation } from '../situation';

/**
 * A guest that gets another address keeps its VMID: Terraform sees two guests, one to be destroyed and one to be made,
 * and does both at once. It is one thing, so that what is allowed for one half never destroys it.
 */
export const renamesGuest = forbids('renames-guest', "name the old one in the definition: formerly: 'OLD NAME'", (change, situation) => {
  const old = change.action === 'create' ? otherHalf(change, situation) : undefined;
  if (!old) return [];
  const vmid = vmidOf(change.after);
  const way = wayOf(old, change, vmid);
  return [{ problem: `${old.address} and this are one guest, ${guestText(old)}: the plan would destroy it under the old address and make it under this one, in no order`, remedy: way }];
});

function wayOf(old: Change, change: Change, vmid: number | null): string {
  if (old.before?.template === true) return 'a template keeps its name: put it back, or renew it beside the old one: docs/everyday.md, "Renew the template"';
  if (old.type !== change.type) return `keep its type, or give the new one another VMID and retire ${old.address} by itself`;
  return `say in the definition that it is the same guest: formerly: '${old.name}' on '${change.name}', which keeps guest ${vmid} as it is`;
}

/** The change that takes the guest from the VMID this one makes it on, or makes it on the VMID this one takes it from. */
export function otherHalf(change: Change, { made, left }: Situation): Change | undefined {
  if (!isGuest(change)) return undefined;
  const [side, vmid] = change.action === 'create' ? [left, vmidOf(change.after)] : [made, vmidOf(change.before)];
  const wanted = change.action === 'create' ? ['delete', 'forget'] : ['create'];
  return vmid === null ? undefined : side.get(vmid)?.find((other) => wanted.includes(other.action));
}
