import { isSecret, type Secret } from './secret';

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
  /** Everything that offers metrics, by name. */
  readonly scrapeTargets: readonly ScrapeTarget[];
}

/** One metrics endpoint of the house. */
export interface ScrapeTarget {
  readonly job: string;
  /** `address:port`. */
  readonly target: string;
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

/** Setting: the bridge's network in CIDR form, to narrow who may connect. */
export function houseNetwork(lab: LabFacts): string {
  return lab.network;
}

/** Setting: the timezone of the house. */
export function houseTimezone(lab: LabFacts): string {
  return lab.timezone;
}

/** Setting: one scrape job per metrics endpoint of the house. */
export function scrapeJobs(lab: LabFacts): Setting {
  const jobs = new Map<string, { job: string; targets: string[]; metrics_path: string }>();
  for (const { job, target, path } of lab.scrapeTargets) {
    const known = jobs.get(job);
    if (known) known.targets.push(target);
    else jobs.set(job, { job, targets: [target], metrics_path: path });
  }
  return [...jobs.values()];
}
