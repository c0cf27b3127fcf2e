import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A container of the house. */
export interface Guest {
  readonly vmid: number;
  readonly name: string;
}

/** The container that Terraform's state is in. */
export interface StateGuest extends Guest {
  readonly address: string;
  readonly port: number;
}

/** A container with its address, without prefix, and whether it starts with the host. */
export type AddressedGuest = Guest & { readonly address: string; readonly startsWithHost: boolean };

interface Container {
  readonly vm_id: number;
  readonly start_on_boot?: boolean;
  readonly initialization: { readonly hostname: string; readonly ip_config?: readonly { readonly ipv4?: { readonly address?: string } }[] };
}

interface Stack {
  readonly terraform?: { readonly backend?: { readonly s3?: { readonly endpoints?: { readonly s3?: string } } } };
  readonly resource?: { readonly proxmox_virtual_environment_container?: Readonly<Record<string, Container>> };
}

function readStacks(folder: string): Stack[] {
  const paths = readdirSync(folder).sort().map((name) => join(folder, name, 'cdk.tf.json'));
  return paths.filter((path) => existsSync(path)).map((path) => JSON.parse(readFileSync(path, 'utf8')) as Stack);
}

/** Containers of the synthesized stacks, by id. */
export function readGuests(folder: string): AddressedGuest[] {
  const containers = readStacks(folder).flatMap(({ resource }) => Object.values(resource?.proxmox_virtual_environment_container ?? {}));
  const guests = containers.map(({ vm_id: vmid, start_on_boot: startsWithHost = true, initialization: { hostname: name, ip_config: ip = [] } }) => {
    const address = ip[0]?.ipv4?.address?.split('/')[0] ?? '';
    return { vmid, name, address, startsWithHost };
  });
  return guests.sort((a, b) => a.vmid - b.vmid);
}

/** The guest that the stacks' backend points to, or undefined when the state is not kept in this house. */
export function readStateGuest(folder: string, guests: readonly AddressedGuest[]): StateGuest | undefined {
  for (const { terraform } of readStacks(folder)) {
    const endpoint = terraform?.backend?.s3?.endpoints?.s3;
    const url = endpoint ? new URL(endpoint) : undefined;
    const guest = guests.find(({ address }) => address === url?.hostname);
    if (url && guest) return { vmid: guest.vmid, name: guest.name, address: guest.address, port: Number(url.port || 443) };
  }
  return undefined;
}
