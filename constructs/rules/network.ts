import { formatNetwork, isHostIn, parseCidr, parseIpv4 } from '../core/ipv4';
import type { Problem } from '../core/problem';
import type { HomelabProps } from '../homelab-props';
import type { ServiceProps } from '../service/service-props';
import { pathOf } from './path';

/** Every address lies in the bridge's network and belongs to nobody else there. */
export function checkNetwork(lab: HomelabProps): Problem[] {
  const { bridge } = lab.host;
  const network = parseCidr(bridge.address);
  if (!network) {
    const rule = "the bridge's 'address' is IPv4 in CIDR form";
    return [{ path: 'host', rule, got: `'${bridge.address}'`, remedy: "write it like '192.168.88.10/24'" }];
  }
  const taken = new Map([
    [network.address, 'the host'],
    [parseIpv4(bridge.gateway) ?? -1, 'the gateway'],
  ]);
  const problems: Problem[] = [];
  const gateway = parseIpv4(bridge.gateway);
  if (!isHostIn(network, network.address)) {
    const rule = `the host has an address of a machine in ${formatNetwork(network)}`;
    problems.push({ path: 'host', rule, got: bridge.address, remedy: 'give an address between the first and the last of that network' });
  }
  if (gateway === undefined || gateway === network.address || !isHostIn(network, gateway)) {
    const rule = `the gateway is another machine in ${formatNetwork(network)}`;
    problems.push({ path: 'host', rule, got: `'${bridge.gateway}'`, remedy: "give the router's address in that network" });
  }
  for (const service of lab.services) {
    const path = pathOf(lab, service);
    const address = parseIpv4(service.address);
    if (address === undefined) {
      const rule = "an 'address' is dotted IPv4 without prefix";
      problems.push({ path, rule, got: `'${service.address}'`, remedy: "write it like '192.168.88.20'" });
    } else if (service.network?.gateway !== undefined) {
      problems.push(...checkOwnNetwork(service, path));
    } else if (!isHostIn(network, address)) {
      const rule = `an address is one of a machine in ${formatNetwork(network)}, the network of ${bridge.name}`;
      problems.push({ path, rule, got: service.address, remedy: "take a free address in that network, or name the router of another one in 'network.gateway'" });
    } else if (taken.has(address)) {
      const rule = 'a service has neither the address of the host nor that of the gateway';
      problems.push({ path, rule, got: `${service.address}, which is ${taken.get(address)}`, remedy: 'take a free address' });
    }
  }
  return problems;
}

/** A guest of another network has its address there, and a router that is somebody else. */
function checkOwnNetwork({ address, network }: ServiceProps, path: string): Problem[] {
  const router = parseCidr(network!.gateway!)!;
  const own = parseIpv4(address)!;
  if (isHostIn(router, own) && own !== router.address) return [];
  const rule = `an address is one of a machine in ${formatNetwork(router)}, and not that of its router`;
  return [{ path, rule, got: address, remedy: "correct 'address' or 'network.gateway'" }];
}
