import { definitionOf } from '../../adopt/write';
import { readHouse } from '../../adopt/house';
import { parseSections } from '../../adopt/sections';
import { strangerOn } from '../../rehearsal/node/stranger';
import type { Container, Network } from '../../rehearsal/node/guest';
import { macAddress } from '../../rehearsal/node/guests';
import type { AdoptedGuestProps, HomelabProps } from '../../constructs';
import { printed } from './houses';
import { configText } from './pve-config';

/** A running container of life: made by a script, with DHCP, on local-lvm. */
export function running(vmid: number, name: string, patch: Partial<Container> = {}): Container {
  return {
    ...strangerOn(vmid),
    name,
    status: 'running',
    onboot: true,
    unprivileged: true,
    cores: 2,
    memoryMiB: 2048,
    features: { nesting: 1 },
    rootfs: { volume: `local-lvm:vm-${vmid}-disk-0`, size: '8G', path: '', settings: {} },
    networks: [card(vmid, 0, { ip: 'dhcp' })],
    ...patch,
  };
}

/** A network card on vmbr0. */
export function card(vmid: number, index: number, patch: Partial<Network> = {}): Network {
  return { name: `eth${index}`, bridge: 'vmbr0', mac: macAddress(vmid, index), ip: '', gateway: '', ip6: '', gateway6: '', settings: {}, ...patch };
}

/** What `./house adopt --from` reads of a node with these containers. */
export function readFrom(containers: readonly Container[], more: Readonly<Record<string, string>> = {}) {
  const files = Object.fromEntries(containers.map((container) => [`/etc/pve/nodes/pve/lxc/${container.vmid}.conf`, configText(container)]));
  return readHouse(parseSections(printed({ ...files, ...more }, containers.map(({ vmid, name, status }) => ({ vmid, name, status, type: 'lxc' })))));
}

/** What is written of them: those that are adopted, and what is told. */
export function adoptedFrom(containers: readonly Container[], house: HomelabProps): { readonly adopted: readonly AdoptedGuestProps[]; readonly told: readonly string[] } {
  return definitionOf(readFrom(containers), house, 'all');
}
