import type { ProxyRoute } from './core/reach';
import type { Probe } from './core/watch';
import { formatIpv4, formatNetwork, parseCidr } from './core/ipv4';
import { poolWarnShare } from './core/units';
import { nodeExporterPort, type LabFacts, type ScrapeTarget } from './core/setting';
import type { HomelabProps } from './homelab-props';
import { ingressOf, isProxy, reachOf, routeOf } from './service/exposure';
import { isAnsibles } from './service/service-props';
import { alertRules } from './watch/alert-rules';
import { dashboardsOf } from './watch/dashboards';
import { nameProbesOf, probesOf } from './watch/probes';
import { receiverOf } from './watch/receiver';

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
    reachOf(name) {
      const service = lab.services.find((known) => known.name === name);
      if (!service) throw new Error(`a setting asks how '${name}' is reached, which is no service of the house`);
      const reach = reachOf(service, lab.domain);
      if (!reach) throw new Error(`a setting asks how '${name}' is reached, and its exposure says that nobody does`);
      return reach;
    },
    names: namesOf(lab, formatIpv4(network.address)),
    ingress: lab.services.flatMap((service) => ingressOf(service) ?? []),
    routes: routesOf(lab),
    scrapeTargets: scrapeTargets(lab),
    probes: [...probesOf(lab.services, lab.domain), ...nameProbes(lab)],
    alertRules: alertRules({ poolShare: lab.budget?.poolWarnShare ?? poolWarnShare, backupHours: backupHours(lab) }),
    dashboards: dashboardsOf(lab.host.nodeName),
    receiver: receiverOf(lab.alerts, lab.domain),
  };
}

function nameProbes(lab: HomelabProps): Probe[] {
  const proxy = lab.services.find(isProxy);
  return proxy ? nameProbesOf(routesOf(lab), `${proxy.name}.${lab.domain}`) : [];
}

function routesOf(lab: HomelabProps): ProxyRoute[] {
  return lab.services.flatMap((service) => routeOf(service, lab.domain) ?? []);
}

/** What the role pve_backup is told, or its own default. */
function backupHours(lab: HomelabProps): number {
  const hours = lab.host.settings?.pve_backup?.['max_age_hours'];
  return typeof hours === 'number' ? hours : 26;
}

function namesOf(lab: HomelabProps, hostAddress: string): Record<string, string> {
  const machines = [[lab.host.nodeName, hostAddress] as const, ...lab.services.map(({ name, address }) => [name, address] as const)];
  return Object.fromEntries(machines.map(([name, address]) => [`${name}.${lab.domain}`, address]));
}

/**
 * IPv4 address by full name, for the DNS server that people ask: a service that is reached by name is where the reverse proxy is.
 * Machines of the house among themselves know each by its own address.
 */
export function dnsNamesOf(lab: HomelabProps): Record<string, string> {
  const { names, routes } = factsOf(lab);
  const proxy = lab.services.find(isProxy);
  return { ...names, ...Object.fromEntries(proxy ? routes.map(({ host }) => [host, proxy.address]) : []) };
}

/** Every machine by its node exporter, then every service that has metrics of its own. Names, because a certificate and a legend show them. */
function scrapeTargets(lab: HomelabProps): ScrapeTarget[] {
  const machines = [lab.host.nodeName, ...lab.services.filter(isAnsibles).map(({ name }) => name)];
  const services = lab.services.filter((service) => service.metrics);
  return [
    ...machines.map((name) => ({ job: 'node', target: `${name}.${lab.domain}:${nodeExporterPort}`, scheme: 'http' as const, path: '/metrics' })),
    ...services.map(({ name, metrics }) => ({
      job: name,
      target: `${name}.${lab.domain}:${metrics!.port}`,
      scheme: metrics!.scheme ?? 'http',
      path: metrics!.path,
    })),
  ];
}
