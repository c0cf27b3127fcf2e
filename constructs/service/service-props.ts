import type { Setting } from '../core/setting';
import type { Disposable, Kept } from './data';
import type { Saves } from './saves';
import type { Exposure } from './exposure';
import type { GuestProps } from './guest-props';
import type { HealthCheck } from './health';

/** A port that a service listens on. */
export interface PortProps {
  readonly port: number;
  /** What it is for, e.g. `ui, api`. */
  readonly use: string;
}

/** Where a service offers metrics. */
export interface MetricsProps {
  readonly port: number;
  /** Path with leading slash. */
  readonly path: string;
  /** `https` is asked with the house's own authority. @default 'http' */
  readonly scheme?: 'http' | 'https';
}

/** A service that keeps data, and says how it is saved whole. */
interface Keeping {
  readonly data: Kept;
  /** How its data is saved whole; there is no default. */
  readonly saves: Saves;
}

/** A service that keeps nothing has nothing to save. */
interface Keepless {
  readonly data: Disposable;
  readonly saves?: undefined;
}

/** One service of the house: its guest, an unprivileged LXC container unless it says otherwise, and the Ansible role that configures it. */
export type ServiceProps = ServiceFields & (Keeping | Keepless);

/** What every service has. */
interface ServiceFields extends GuestProps {
  /** Name of the service: host name, DNS label, construct id and Terraform address at once. Another name is another guest, unless `formerly` says whose it was. */
  readonly name: string;
  /**
   * Names it had before, the oldest first. Its guest is kept and renamed; its datasets keep the oldest name, so the
   * field stays for good.
   * @default - none
   */
  readonly formerly?: string | readonly string[];
  /** Proxmox VMID, 100 to 999,999,999; never reused for another service. */
  readonly vmId: number;
  /** What it is for, one line. */
  readonly purpose: string;
  /** `platform` is what other services stand on, `app` is what people use. */
  readonly tier: 'platform' | 'app';
  /** IPv4 address in the bridge's network, without prefix. */
  readonly address: string;
  /** MAC address. @default - Proxmox VE makes one and the hand-over records it */
  readonly macAddress?: string;
  /** vCPUs. */
  readonly cores: number;
  /** RAM ceiling in MiB. */
  readonly memoryMiB: number;
  /** Swap in MiB. @default 512 */
  readonly swapMiB?: number;
  /** Root disk in GiB; it may grow, never shrink. */
  readonly diskGiB: number;
  readonly ports: readonly PortProps[];
  readonly health: HealthCheck;
  /** Names of services that must be up first. @default - none */
  readonly needs?: readonly string[];
  /** Ansible role that installs it. @default - the name, dashes turned into underscores */
  readonly role?: string;
  /** Variables of the role, without its prefix. @default - the role's own defaults */
  readonly settings?: Readonly<Record<string, Setting>>;
  /** Where Prometheus finds its metrics. @default - none of its own; the machine itself is always scraped */
  readonly metrics?: MetricsProps;
  /** How people reach it. @default - by address, when its health is asked over http or https; else not at all */
  readonly exposure?: Exposure;
  /** Whether it is given the host's graphics card. @default false */
  readonly gpu?: boolean;
  /** Extra tags, lower case; the tier is always one. @default - none */
  readonly tags?: readonly string[];
  /** Whether Proxmox VE starts it with the host. @default true */
  readonly startOnBoot?: boolean;
  /** Whether the container has no rights on the host. @default true */
  readonly unprivileged?: boolean;
  /** First host kernel it cannot run on, e.g. `6.19`. @default - runs on any */
  readonly kernelBelow?: string;
  /** Whether its container is there already, for `./house state adopt` to take over; drop it when that is done. @default false */
  readonly importExisting?: boolean;
  /** Warnings for the catalogue. @default - none */
  readonly notices?: readonly string[];
}

/** Ansible role of a service. */
export function roleOf(service: ServiceProps): string {
  return service.role ?? service.name.replaceAll('-', '_');
}

/** Names a service had before, the oldest first. */
export function formerNamesOf(service: ServiceProps): readonly string[] {
  return typeof service.formerly === 'string' ? [service.formerly] : (service.formerly ?? []);
}

/** Name of the dataset that its volumes lie in: the first name it had, since a renamed service keeps its data. */
export function datasetNameOf(service: ServiceProps): string {
  return formerNamesOf(service)[0] ?? service.name;
}

/** Whether Ansible configures a service's guest: everything but a machine that boots an image of its own. */
export function isAnsibles({ vm }: ServiceProps): boolean {
  return vm === undefined || vm.from === 'template';
}
