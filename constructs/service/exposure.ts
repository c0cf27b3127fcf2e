import type { IngressRule, ProxyRoute, Reach } from '../core/reach';
import { roleOf, type ServiceProps } from './service-props';

/**
 * How people reach a service. Its URL settings, cookie flags, link in the catalogue, DNS records and the tunnel's ingress
 * follow from it. `port` is the web interface; without it the port of an http or https health check is meant.
 */
export type Exposure =
  /** By address in the LAN. */
  | { readonly kind: 'lan'; readonly port?: number }
  /**
   * By `https://<name>.<domain>/` in the LAN, through the reverse proxy of this house, once the LAN's DNS server has been given one of the
   * files in `cdktf.out/dns/`.
   */
  | { readonly kind: 'name'; readonly port?: number }
  /** From everywhere by a public name, over TLS that ends at Cloudflare, through the tunnel of this house. */
  | { readonly kind: 'tunnel'; readonly hostname: string; readonly port?: number }
  /** By other programs only. */
  | { readonly kind: 'none' };

/** How a service is reached when nothing is declared: by address if it has a web interface, else not at all. */
export function exposureOf(service: ServiceProps): Exposure {
  return service.exposure ?? { kind: isWeb(service) ? 'lan' : 'none' };
}

/** Port of a service's web interface, or undefined when nobody opens one. */
export function webPortOf(service: ServiceProps): number | undefined {
  const exposure = exposureOf(service);
  if (exposure.kind === 'none') return undefined;
  return exposure.port ?? (isWeb(service) ? service.health.port : undefined);
}

/** How a service is reached, or undefined when nobody does. The definition has been checked before. */
export function reachOf(service: ServiceProps, domain: string): Reach | undefined {
  const exposure = exposureOf(service);
  const port = webPortOf(service);
  if (exposure.kind === 'none' || port === undefined) return undefined;
  if (exposure.kind !== 'lan') {
    const host = exposure.kind === 'name' ? `${service.name}.${domain}` : exposure.hostname;
    return { origin: `https://${host}`, host, tls: true, proxies: 1 };
  }
  const scheme = schemeOf(service);
  return { origin: `${scheme}://${service.address}:${port}`, host: service.address, tls: scheme === 'https', proxies: 0 };
}

/** Where the tunnel leads to a service, or undefined when it does not. */
export function ingressOf(service: ServiceProps): IngressRule | undefined {
  const exposure = exposureOf(service);
  if (exposure.kind !== 'tunnel') return undefined;
  return { hostname: exposure.hostname, service: upstreamOf(service) };
}

/** Where the reverse proxy leads to a service, or undefined when it does not. */
export function routeOf(service: ServiceProps, domain: string): ProxyRoute | undefined {
  if (exposureOf(service).kind !== 'name') return undefined;
  return { host: `${service.name}.${domain}`, upstream: upstreamOf(service), secret: `${service.name.replaceAll('-', '_')}_name_certificate` };
}

/** Whether a service is the reverse proxy of the house. */
export function isProxy(service: ServiceProps): boolean {
  return roleOf(service) === 'reverse_proxy';
}

function upstreamOf(service: ServiceProps): string {
  return `${schemeOf(service)}://${service.address}:${webPortOf(service)}`;
}

function isWeb(service: ServiceProps): service is ServiceProps & { readonly health: { readonly port: number } } {
  return service.health.kind === 'http' || service.health.kind === 'https';
}

/** A service speaks one protocol: the one that its health is asked in. */
function schemeOf(service: ServiceProps): 'http' | 'https' {
  return service.health.kind === 'https' ? 'https' : 'http';
}
