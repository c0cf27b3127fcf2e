import { isDeepStrictEqual } from 'node:util';

import type { AdoptedGuestProps, HomelabProps, ServiceProps } from '../constructs';
import { asAdopted } from './adopted-guest';
import { parseProperties } from './guest-config';
import type { FoundGuest } from './house';

/** A value that the host has otherwise than the definition. */
export interface Difference {
  readonly what: string;
  readonly onHost: string;
  readonly inDefinition: string;
  /** What to do to keep what the host has. */
  readonly keep: string;
}

/** Where an adopted guest is no longer what its file says, field by field. */
export function adoptedDifferences(adopted: AdoptedGuestProps, guest: FoundGuest, node: string): Difference[] {
  const { props } = asAdopted(guest, adopted.name, node);
  const [onHost, inDefinition] = [props, adopted] as unknown as Record<string, unknown>[];
  const fields = [...new Set([...Object.keys(props), ...Object.keys(adopted)])];
  const text = (value: unknown): string => (value === undefined ? 'nothing' : JSON.stringify(value));
  return fields
    .filter((field) => !isDeepStrictEqual(onHost![field], inDefinition![field]))
    .map((what) => ({ what, onHost: text(onHost![what]), inDefinition: text(inDefinition![what]), keep: `write it into homelab/adopted/${adopted.name}.ts` }));
}

/** Where a guest is not what the definition says of it; taking it over would change each of these. */
export function differences(house: HomelabProps, service: ServiceProps, guest: FoundGuest): Difference[] {
  const one = (key: string) => guest.config.values.get(key)?.[0];
  const rootfs = parseProperties(one('rootfs') ?? '');
  const net0 = parseProperties(one('net0') ?? '');
  const found: Difference[] = [];
  const compare = (what: string, onHost: string, inDefinition: string, keep: string): void => {
    if (onHost !== inDefinition) found.push({ what, onHost, inDefinition, keep });
  };
  compare('kind', guest.kind, 'container', 'leave it out of homelab/services.ts, as a known guest');
  compare('name', guest.name, service.name, `name the service '${guest.name}'`);
  compare('cores', String(one('cores') ?? 'all'), String(service.cores), `cores: ${guest.cores || house.host.cores}`);
  compare('memory', `${guest.memoryMiB} MiB`, `${service.memoryMiB} MiB`, `memoryMiB: ${guest.memoryMiB}`);
  compare('swap', `${one('swap') ?? '512'} MiB`, `${service.swapMiB ?? 512} MiB`, `swapMiB: ${one('swap') ?? '512'}`);
  compare('storage of the root disk', (rootfs.get('') ?? '').split(':')[0]!, house.storage.pool.name, `pct move-volume ${guest.vmId} rootfs ${house.storage.pool.name}, with an archive before`);
  compare('size of the root disk', rootfs.get('size') ?? 'unknown', `${service.diskGiB}G`, `diskGiB: ${(rootfs.get('size') ?? '').replace(/G$/, '')}`);
  compare('address', net0.get('ip')?.split('/')[0] ?? 'none', service.address, net0.get('ip') === 'dhcp' ? 'a service has a fixed address; reserve it in the DHCP server first' : `address: '${net0.get('ip')?.split('/')[0] ?? ''}'`);
  compare('bridge', net0.get('bridge') ?? 'none', house.host.bridge.name, `plug it into ${house.host.bridge.name}`);
  compare('VLAN tag', net0.get('tag') ?? 'none', 'none', 'a service has no VLAN tag yet: leave the guest known');
  compare('unprivileged', one('unprivileged') === '1' ? 'yes' : 'no', service.unprivileged === false ? 'no' : 'yes', 'restore an archive of it with --unprivileged 1');
  compare('description', guest.config.description.trim(), service.purpose, 'it is overwritten: put what matters into `purpose`');
  return found;
}
