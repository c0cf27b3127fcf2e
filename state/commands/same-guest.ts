import { Refusal, WrongUsage } from '../../common/refusal';
import { nameOf, vmidOf } from '../../review/change';
import type { ListedGuest } from '../../review/host';
import type { Attributes } from '../../review/plan-json';
import { readStack } from '../site';
import type { HouseStack } from './house';

/** Types of the definition that are guests. */
const GUEST = /^proxmox_(virtual_environment_)?(container|vm)$/;

/**
 * Guards an import: once a guest is in the state, Terraform rewrites it to what its definition says.
 * @param words address in the definition, and the provider's id, NODE/VMID for a guest
 * @param listed asks the host for its guests, when the import is of one
 * @throws Refusal unless the guest on the host has the VMID and the name that the definition gives it
 */
export function requireSameGuest({ site, stack }: HouseStack, [address = '', id = '', ...more]: readonly string[], listed: () => readonly ListedGuest[]): void {
  const [type = '', name = '', ...path] = address.split('.');
  if (!name || !id || more.length > 0 || path.length > 0) throw new WrongUsage(`say what to import: ./house state run ${stack} -- import ADDRESS ID`);
  const defined = (readStack(site, stack).resource as Record<string, Record<string, Attributes>> | undefined)?.[type]?.[name];
  if (!defined) throw new Refusal(`'${address}' is not in the definition of '${stack}'; nothing was imported`, 'add it to the definition, then: make synth');
  if (!GUEST.test(type)) return;
  const vmid = Number(id.split('/').at(-1));
  const wanted = { vmid: vmidOf(defined), name: nameOf(blocks(defined)) };
  const found = listed().find((guest) => guest.vmid === vmid);
  if (found && vmid === wanted.vmid && (found.name ?? null) === wanted.name) return;
  const there = found ? `'${found.name ?? ''}'` : 'not there';
  throw new Refusal(
    `guest ${id} is ${there} on the host, and ${address} is ${wanted.vmid} '${wanted.name ?? ''}'; nothing was imported, since the next apply would rewrite it`,
    'import a guest under its own VMID and name, or correct the definition',
  );
}

/** A definition's single blocks in the form of a state's, which are lists. */
const blocks = (defined: Attributes): Attributes => ({ ...defined, initialization: [defined.initialization ?? {}].flat() });
