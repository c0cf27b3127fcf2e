import { formatIpv4, formatNetwork, parseCidr } from './core/ipv4';
import type { LabFacts, ScrapeTarget } from './core/setting';
import type { HomelabProps } from './homelab-props';

const nodeExporterPort = 9100;

/** What a setting may know of the rest of a house. The definition has been checked before. */
export function factsOf(lab: HomelabProps): LabFacts {
  const network = parseCidr(lab.host.bridge.address)!;
  const addresses = new Map(lab.services.map((service) => [service.name, service.address]));
  return {
    network: formatNetwork(network),
    hostAddress: formatIpv4(network.address),
    domain: lab.domain,
    timezone: lab.host.timezone,
    addressOf(service) {
      const address = addresses.get(service);
      if (address === undefined) throw new Error(`a setting asks for the address of '${service}', which is no service of the house`);
      return address;
    },
    scrapeTargets: scrapeTargets(lab, formatIpv4(network.address)),
  };
}

/** Every machine by its node exporter, then every service that has metrics of its own. */
function scrapeTargets(lab: HomelabProps, hostAddress: string): ScrapeTarget[] {
  const machines = [hostAddress, ...lab.services.map((service) => service.address)];
  const services = lab.services.filter((service) => service.metrics);
  return [
    ...machines.map((address) => ({ job: 'node', target: `${address}:${nodeExporterPort}`, path: '/metrics' })),
    ...services.map(({ name, address, metrics }) => ({ job: name, target: `${address}:${metrics!.port}`, path: metrics!.path })),
  ];
}
