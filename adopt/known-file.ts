import type { HomelabProps, KnownGuestProps } from '../constructs';
import type { FoundGuest, FoundHouse } from './house';

/** What no line of a definition may hold, and what would end a text of TypeScript. */
const UNSAID = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}'\\`]|\{\{|\{%|\{#|\$\{|%\{|\$\(/gu;

/** Guests of the host that no part of the definition is. */
export function knownGuests(found: FoundHouse, house: HomelabProps): KnownGuestProps[] {
  const taken = new Set([house.template.vmId, ...house.services.map(({ vmId }) => vmId), ...(house.retired ?? []).map(({ vmId }) => vmId), ...(house.adopted ?? []).map(({ vmId }) => vmId)]);
  return found.guests.filter(({ vmId }) => !taken.has(vmId)).map(asKnown);
}

function asKnown({ name, vmId, kind, isTemplate, cores, memoryMiB, addresses, macAddresses }: FoundGuest): KnownGuestProps {
  return {
    vmId,
    name: name.replace(UNSAID, '-').trim().slice(0, 200) || String(vmId),
    kind,
    // A template never runs, so it takes nothing of the machine.
    cores: isTemplate ? 0 : cores,
    memoryMiB: isTemplate ? 0 : memoryMiB,
    ...(addresses.length > 0 ? { addresses } : {}),
    ...(macAddresses.length > 0 ? { macAddresses } : {}),
  };
}

/** Text of homelab/known.ts. */
export function renderKnown(guests: readonly KnownGuestProps[]): string {
  const rows = guests.map(({ name, vmId, kind, addresses, macAddresses, cores, memoryMiB }) => {
    const list = (label: string, values: readonly string[] | undefined) => (values ? `, ${label}: [${values.map((value) => `'${value}'`).join(', ')}]` : '');
    return `  { vmId: ${vmId}, name: '${name}', kind: '${kind}', cores: ${cores}, memoryMiB: ${memoryMiB}${list('addresses', addresses)}${list('macAddresses', macAddresses)} },\n`;
  });
  return [
    "import type { KnownGuestProps } from '../constructs';\n\n",
    '/** Guests on the host that this house does not manage; `./house adopt` writes this list. */\n',
    rows.length === 0 ? 'export const known: readonly KnownGuestProps[] = [];\n' : `export const known: readonly KnownGuestProps[] = [\n${rows.join('')}];\n`,
  ].join('');
}
