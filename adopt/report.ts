import type { HomelabProps } from '../constructs';
import { adoptedDifferences, differences } from './difference';
import { fatesOf } from './fate';
import type { FoundGuest, FoundHouse } from './house';

/** Longest value that is shown of a key. */
const SHOWN = 70;

/** What one line of a terminal may show of a text of the host. */
export function shown(text: string): string {
  const plain = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ').trim();
  return plain.length > SHOWN ? `${plain.slice(0, SHOWN - 1)}…` : plain || "''";
}

/** Says in words what is on the host, guest by guest, and what becomes of each. */
export function renderReport(found: FoundHouse, house: HomelabProps): string {
  const lines = [
    `host ${shown(found.hostname)}: Proxmox VE ${found.pveVersion}, ${found.cores} cores, ${found.memoryMiB} MiB, ${found.guests.length} guests`,
    `pools: ${found.pools.map(({ name, health }) => `${shown(name)} (${shown(health)})`).join(', ') || 'none was read'}`,
    `storages: ${found.storages.map(({ name, type }) => `${shown(name)} (${type})`).join(', ') || 'none was read'}`,
    ...(found.besides.length > 0 ? [`read and left alone: ${found.besides.map(shown).join(', ')}`] : []),
    ...found.guests.flatMap((guest) => ['', ...guestLines(guest, house)]),
  ];
  return `${lines.join('\n')}\n`;
}

function guestLines(guest: FoundGuest, house: HomelabProps): string[] {
  const service = house.services.find(({ vmId }) => vmId === guest.vmId);
  const adopted = house.adopted?.find(({ vmId }) => vmId === guest.vmId);
  const isTemplate = house.template.vmId === guest.vmId;
  const level = service ? `service '${service.name}' of the definition` : isTemplate ? "the definition's template" : adopted ? `adopted as '${adopted.name}'` : guest.isTemplate ? 'known (a template)' : 'known';
  const gaps = service ? differences(house, service, guest) : adopted ? adoptedDifferences(adopted, guest, house.host.nodeName) : [];
  return [
    `${guest.vmId} ${shown(guest.name)} (${guest.kind}, ${shown(guest.status)}): ${level}`,
    ...gaps.map(({ what, onHost, inDefinition, keep }) => `    ${what}: ${shown(onHost)} on the host, ${shown(inDefinition)} in the definition; to keep it: ${keep}`),
    ...fatesOf(guest).map(({ key, value, becomes }) => `    ${key} = ${shown(value)}: ${becomes}`),
  ];
}
