import { fixedAddresses, type AdoptedGuestProps } from '../adopted/adopted-props';
import type { Problem } from '../core/problem';
import type { HomelabProps } from '../homelab-props';

/** Adopted guests are beside the others of the host: each name, VMID, address and MAC is one guest's. */
export function checkAdopted(lab: HomelabProps): Problem[] {
  const { adopted = [], known = [], retired = [], template, host } = lab;
  const names = { [host.nodeName]: 'the host', [template.name]: 'the template', ...ownedBy(retired, ({ name }) => [name]) };
  const vmIds = { [template.vmId]: `the template '${template.name}'`, ...ownedBy(known, ({ vmId }) => [String(vmId)]), ...ownedBy(retired, ({ vmId }) => [String(vmId)]) };
  return [
    ...twice(adopted, 'name', ({ name }) => [name], names),
    ...twice(adopted, 'VMID', ({ vmId }) => [String(vmId)], vmIds),
    ...twice(adopted, 'address', fixedAddresses, { ...ownedBy(known, ({ addresses = [] }) => addresses), ...ownedBy(retired, ({ address }) => [address]) }),
    ...twice(adopted, 'MAC address', ({ cards }) => cards.map(({ macAddress }) => macAddress), ownedBy(known, ({ macAddresses = [] }) => macAddresses)),
  ];
}

function ownedBy<T extends { readonly name: string }>(others: readonly T[], keysOf: (other: T) => readonly string[]): Record<string, string> {
  return Object.fromEntries(others.flatMap((other) => keysOf(other).map((key) => [key, `'${other.name}'`])));
}

function twice(adopted: readonly AdoptedGuestProps[], what: string, keysOf: (guest: AdoptedGuestProps) => readonly string[], others: Readonly<Record<string, string>>): Problem[] {
  const owners = new Map(Object.entries(others));
  return adopted.flatMap((guest) =>
    keysOf(guest).flatMap((key) => {
      const owner = owners.get(key);
      owners.set(key, `'${guest.name}'`);
      if (owner === undefined) return [];
      return [{ path: `services/${guest.name}`, rule: `a ${what} of an adopted guest is nobody else's`, got: `${key}, already of ${owner}`, remedy: 'correct it on the host, or leave one of the two known' }];
    }),
  );
}
