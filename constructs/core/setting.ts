import type { IngressRule, ProxyRoute, Reach } from './reach';
import { certificateSecret, isSecret, type Secret } from './secret';
import type { AlertRule, Dashboard, Probe } from './watch';

/** Port of the role node_exporter on every machine. */
export const nodeExporterPort = 9100;

/** What a setting may need to know of the rest of the house. */
export interface LabFacts {
  /** The bridge's network, e.g. `192.168.88.0/24`. */
  readonly network: string;
  /** The host's own IPv4 address. */
  readonly hostAddress: string;
  readonly domain: string;
  readonly timezone: string;
  /** IPv4 address of a service by name; throws when there is none. */
  addressOf(service: string): string;
  /** How people reach a service; throws when there is none, or when nobody does. */
  reachOf(service: string): Reach;
  /** IPv4 address of every machine by its full name, e.g. `n8n.home.arpa`. */
  readonly names: Readonly<Record<string, string>>;
  /** Public names that the tunnel leads into the house. */
  readonly ingress: readonly IngressRule[];
  /** Names of the house that its reverse proxy leads to services. */
  readonly routes: readonly ProxyRoute[];
  /** Everything that offers metrics, by name. */
  readonly scrapeTargets: readonly ScrapeTarget[];
  /** Health questions that can be asked from another machine. */
  readonly probes: readonly Probe[];
  readonly alertRules: readonly AlertRule[];
  readonly dashboards: readonly Dashboard[];
  /** How the owner is told, as the role prometheus wants it. */
  readonly receiver: Setting;
}

/** One metrics endpoint of the house. */
export interface ScrapeTarget {
  readonly job: string;
  /** `name:port`, with the full name of the machine. */
  readonly target: string;
  readonly scheme: 'http' | 'https';
  readonly path: string;
}

/** Value of an Ansible variable before secrets and facts of the house are filled in. */
export type Setting =
  | string
  | number
  | boolean
  | Secret
  | readonly Setting[]
  | { readonly [key: string]: Setting }
  | ((lab: LabFacts) => Setting);

/** Value of an Ansible variable as it is written. */
export type Plain = string | number | boolean | readonly Plain[] | { readonly [key: string]: Plain };

/** Fills in facts of the house, and puts an Ansible lookup where a secret is named. */
export function resolveSetting(setting: Setting, lab: LabFacts): Plain {
  if (typeof setting === 'function') return resolveSetting(setting(lab), lab);
  if (isSecret(setting)) return secretLookup(setting.secret);
  if (Array.isArray(setting)) return setting.map((item) => resolveSetting(item, lab));
  if (typeof setting === 'object') {
    const entries = Object.entries(setting as { readonly [key: string]: Setting });
    return Object.fromEntries(entries.map(([key, value]) => [key, resolveSetting(value, lab)]));
  }
  return setting as Plain;
}

/** Every secret named anywhere inside a setting. */
export function secretsIn(setting: Setting, lab: LabFacts): readonly Secret[] {
  if (typeof setting === 'function') return secretsIn(setting(lab), lab);
  if (isSecret(setting)) return [setting];
  if (typeof setting !== 'object') return [];
  return Object.values(setting).flatMap((value: Setting) => secretsIn(value, lab));
}

/** The Ansible expression that reads a secret at run time; nothing secret is ever written. */
export function secretLookup(name: string): string {
  return `{{ homelab_secrets.${name} }}`;
}

/** Setting: the address of another service. */
export function addressOf(service: string): (lab: LabFacts) => string {
  return (lab) => lab.addressOf(service);
}

/** Setting: the address at which people open a service, with a trailing slash. */
export function urlOf(service: string): (lab: LabFacts) => string {
  return (lab) => `${lab.reachOf(service).origin}/`;
}

/** Setting: the address at which people open a service, without a trailing slash. */
export function originOf(service: string): (lab: LabFacts) => string {
  return (lab) => lab.reachOf(service).origin;
}

/** Setting: the host part of the address at which people open a service. */
export function hostPartOf(service: string): (lab: LabFacts) => string {
  return (lab) => lab.reachOf(service).host;
}

/** Setting: whether browsers come to a service over TLS, for cookies that may be sent over nothing else. */
export function overTls(service: string): (lab: LabFacts) => boolean {
  return (lab) => lab.reachOf(service).tls;
}

/** Setting: how many reverse proxies stand before a service. */
export function proxiesBefore(service: string): (lab: LabFacts) => number {
  return (lab) => lab.reachOf(service).proxies;
}

/** Setting: the public names that the tunnel leads into the house, with where each ends. */
export function tunnelIngress(lab: LabFacts): Setting {
  return lab.ingress.map(({ hostname, service }) => ({ hostname, service }));
}

/** Setting: the names that the reverse proxy leads to services, each with a certificate of its own: one more name renews no other. */
export function proxyRoutes(lab: LabFacts): Setting {
  return lab.routes.map(({ host, upstream, secret }) => ({ host, upstream_url: upstream, certificate: certificateSecret(secret, [host]) }));
}

/** Setting: the address of every machine of the house by its full name. */
export function houseNames(lab: LabFacts): Setting {
  return { ...lab.names };
}

/** Setting: the bridge's network in CIDR form, to narrow who may connect. */
export function houseNetwork(lab: LabFacts): string {
  return lab.network;
}

/** Setting: the timezone of the house. */
export function houseTimezone(lab: LabFacts): string {
  return lab.timezone;
}

/** Setting: how the owner is told of an alert. */
export function alertReceiver(lab: LabFacts): Setting {
  return lab.receiver;
}

/** Setting: one scrape job per metrics endpoint of the house. */
export function scrapeJobs(lab: LabFacts): Setting {
  const jobs = new Map<string, { job: string; targets: string[]; scheme: string; metrics_path: string }>();
  for (const { job, target, scheme, path } of lab.scrapeTargets) {
    const known = jobs.get(job);
    if (known) known.targets.push(target);
    else jobs.set(job, { job, targets: [target], scheme, metrics_path: path });
  }
  return [...jobs.values()];
}
