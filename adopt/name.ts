import type { HomelabProps } from '../constructs';
import type { FoundGuest } from './house';

/** Names of a house that no guest may take: parts of every stack and inventory. */
const PARTS = ['adopted', 'all', 'apps', 'backend', 'container-image', 'constructor', 'guests', 'hand-over', 'local', 'localhost', 'metal', 'null', 'platform', 'proxmox', 'storage', 'template', 'ungrouped'];

/** A name in the house for each guest, by VMID: its host name where that can be one, with its VMID where it is taken. */
export function namesOf(guests: readonly FoundGuest[], house: HomelabProps): ReadonlyMap<number, string> {
  const own = (house.adopted ?? []).map(({ vmId, name }) => [vmId, name] as const);
  const taken = new Set([...PARTS, house.host.nodeName, house.template.name, ...house.services.map(({ name }) => name), ...(house.retired ?? []).map(({ name }) => name), ...own.map(([, name]) => name)]);
  const names = new Map<number, string>(own);
  for (const { vmId, name } of guests) {
    if (names.has(vmId)) continue;
    const plain = name.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 50).replace(/-+$/, '');
    const label = /^[a-z]/.test(plain) ? plain : `guest-${plain || vmId}`;
    const free = taken.has(label) ? `${label}-${vmId}` : label;
    taken.add(free);
    names.set(vmId, free);
  }
  return names;
}
