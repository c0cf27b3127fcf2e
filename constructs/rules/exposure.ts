import type { Problem } from '../core/problem';
import type { HomelabProps } from '../homelab-props';
import { exposureOf, isProxy, webPortOf } from '../service/exposure';
import { roleOf, type ServiceProps } from '../service/service-props';
import { pathOf } from './path';

/** Endings that no DNS server outside a house answers. */
const privateName = /\.(arpa|home|internal|lan|local|localdomain)$/;

/** Whoever is to be reached has a port for it, and a name has somebody who answers for it: one reverse proxy, or one tunnel. */
export function checkExposure(lab: HomelabProps): Problem[] {
  const owners = new Map<string, string>();
  return lab.services.flatMap((service) => {
    const exposure = exposureOf(service);
    if (exposure.kind === 'none') return [];
    const path = pathOf(lab, service);
    const problems = [...checkPort(service, path), ...(exposure.kind === 'name' ? checkProxy(lab, path) : [])];
    if (exposure.kind !== 'tunnel') return problems;
    const { hostname } = exposure;
    const owner = owners.get(hostname);
    owners.set(hostname, service.name);
    if (owner !== undefined) {
      problems.push({ path, rule: 'a public name leads to one service', got: `${hostname}, already of '${owner}'`, remedy: 'give it a name of its own' });
    }
    if (privateName.test(hostname)) {
      const remedy = "use a name below a domain of yours at Cloudflare, or { kind: 'name' } for the LAN";
      problems.push({ path, rule: 'a tunnel publishes a name that the world can ask for', got: hostname, remedy });
    }
    if (!lab.services.some((other) => roleOf(other) === 'cloudflared')) {
      problems.push({ path, rule: 'a service behind the tunnel needs somebody to dig it', got: 'no service with the role cloudflared', remedy: 'declare one, or expose the service in the LAN' });
    }
    return problems;
  });
}

function checkProxy({ services }: HomelabProps, path: string): Problem[] {
  const proxies = services.filter(isProxy).map(({ name }) => name);
  if (proxies.length === 1) return [];
  const got = proxies.length === 0 ? 'no service with the role reverse_proxy' : proxies.join(', ');
  return [{ path, rule: 'a service that is reached by name has one reverse proxy before it', got, remedy: 'declare one (docs/reaching.md), or leave the service to be reached by address' }];
}

function checkPort(service: ServiceProps, path: string): Problem[] {
  const rule = 'people reach a service on a port that it declares';
  const port = webPortOf(service);
  const declared = service.ports.map((known) => known.port);
  if (port !== undefined && declared.includes(port)) return [];
  // The health check names an undeclared port: that is reported as such.
  if (port !== undefined && service.exposure === undefined) return [];
  const got = `${port ?? 'no port'}, declared are ${declared.join(', ') || 'none'}`;
  return [{ path, rule, got, remedy: "name one of them as 'port' of the exposure" }];
}
