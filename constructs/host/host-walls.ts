import { formatIpv4, formatNetwork, networkAddress, parseCidr, parseIpv4, type Ipv4Network } from '../core/ipv4';
import { subtractNetworks } from '../core/ipv4-subtract';
import { nodeExporterPort, type Plain } from '../core/setting';
import type { HomelabProps } from '../homelab-props';

/** Ports on which Proxmox VE's firewall lets the whole local network in, whatever the rules say that let somebody in. */
const management = '22,3128,5900:5999,8006';
/** Proxmox VE takes no more characters in one rule. */
const longestSource = 512;

/**
 * Rules of the host's firewall: the owner comes in, nobody else of the network does. None of them depends on its place in
 * the list, where Proxmox VE puts a new one first.
 */
export function hostFirewallRules(lab: HomelabProps): Plain[] {
  const network = parseCidr(lab.host.bridge.address)!;
  const guests = [...lab.services, ...(lab.retired ?? [])].map(({ address }) => addressOf(address));
  const admins = lab.host.adminAddresses?.map(networkOf) ?? subtractNetworks(network, guests);
  const others = subtractNetworks(network, admins);
  const monitors = lab.services.filter((service) => (service.role ?? service.name) === 'prometheus').map(({ address }) => addressOf(address));
  return [
    ...rules('ssh', admins, { dport: '22' }),
    ...rules('web', admins, { dport: '8006' }),
    ...rules('not the owner', others, { dport: management, action: 'DROP' }),
    ...rules('node-exporter', monitors, { dport: String(nodeExporterPort) }),
  ];
}

function rules(name: string, sources: readonly Ipv4Network[], rest: Readonly<Record<string, string>>): Plain[] {
  return chunks(sources.map(written)).map((source, index) => ({ name: index === 0 ? name : `${name} ${index + 1}`, source, ...rest }));
}

/** Texts with commas between them, as few as their length allows. */
function chunks(texts: readonly string[]): string[] {
  const lists: string[] = [];
  for (const text of texts) {
    const last = lists.at(-1);
    if (last !== undefined && last.length + 1 + text.length <= longestSource) lists[lists.length - 1] = `${last},${text}`;
    else lists.push(text);
  }
  return lists;
}

const addressOf = (text: string): Ipv4Network => ({ address: parseIpv4(text)!, prefix: 32 });
const networkOf = (text: string): Ipv4Network => parseCidr(text) ?? addressOf(text);
const written = (network: Ipv4Network): string => (network.prefix === 32 ? formatIpv4(networkAddress(network)) : formatNetwork(network));
