import type { IngressRule, Reach } from '../core/reach';
import type { ServiceProps } from './service-props';

/**
 * How people reach a service. Its URL settings, cookie flags, link in the catalogue, DNS records and the tunnel's ingress
 * follow from it. `port` is the web interface; without it the port of an http or https health check is meant.
 */
export type Exposure =
  /** By address in the LAN. */
  | { readonly kind: 'lan'; readonly port?: number }
  /** By `<name>.<domain>` in the LAN, once its DNS server has been given one of the files in `cdktf.out/dns/`. */
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
  if (exposure.kind === 'tunnel') return { origin: `https://${exposure.hostname}`, host: exposure.hostname, tls: true, proxies: 1 };
  const host = exposure.kind === 'name' ? `${service.name}.${domain}` : service.address;
  const scheme = schemeOf(service);
  return { origin: `${scheme}://${host}:${port}`, host, tls: scheme === 'https', proxies: 0 };
}

/** Where the tunnel leads to a service, or undefined when it does not. */
export function ingressOf(service: ServiceProps): IngressRule | undefined {
  const exposure = exposureOf(service);
  if (exposure.kind !== 'tunnel') return undefined;
  return { hostname: exposure.hostname, service: `${schemeOf(service)}://${service.address}:${webPortOf(service)}` };
}

function isWeb(service: ServiceProps): service is ServiceProps & { readonly health: { readonly port: number } } {
  return service.health.kind === 'http' || service.health.kind === 'https';
}

/** A service speaks one protocol: the one that its health is asked in. */
function schemeOf(service: ServiceProps): 'http' | 'https' {
  return service.health.kind === 'https' ? 'https' : 'http';
}
