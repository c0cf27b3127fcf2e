/** The root disk of an adopted container, where it lies today. */
export interface AdoptedDiskProps {
  /** Storage of Proxmox VE, whichever it is. */
  readonly storage: string;
  readonly sizeGiB: number;
  /** @default - what Proxmox VE does by itself */
  readonly acl?: boolean;
  /** Quotas of users inside. @default false */
  readonly quota?: boolean;
  /** @default false */
  readonly replicate?: boolean;
  /** Such as `noatime`. @default - none */
  readonly mountOptions?: readonly string[];
}

/** A network card of an adopted container. */
export interface AdoptedCardProps {
  /** Name inside, such as `eth0`. */
  readonly name: string;
  readonly bridge: string;
  /** Lower case with colons. */
  readonly macAddress: string;
  /** Address with its prefix, `dhcp` or `manual`. @default - none */
  readonly ipv4?: string;
  readonly gateway?: string;
  /** Address with its prefix, `dhcp`, `auto` or `manual`. @default - none */
  readonly ipv6?: string;
  readonly gateway6?: string;
  /** @default - untagged */
  readonly vlanTag?: number;
  /** @default - that of the bridge */
  readonly mtu?: number;
  /** MB/s that it may carry. @default - no limit */
  readonly rateMBps?: number;
  /** Whether Proxmox VE's firewall looks at it. @default false */
  readonly firewall?: boolean;
  /** Whether it is unplugged. @default false */
  readonly isDown?: boolean;
}

/** When the host starts a guest, beside others. */
export interface AdoptedStartProps {
  /** @default - after all that have a place */
  readonly order?: number;
  /** Seconds until the next one. @default - at once */
  readonly upDelaySec?: number;
  /** @default - at once */
  readonly downDelaySec?: number;
}

/**
 * A container that was there before this house: as Proxmox VE has it, in Terraform's state, and configured by nobody.
 * `./house adopt` writes these values; one that is changed afterwards is changed on the host, past the judge.
 */
export interface AdoptedGuestProps {
  /** Name in this house, a DNS label: its Terraform address, also when it becomes a service of that name. */
  readonly name: string;
  /** Host name that it has. @default - the name */
  readonly hostName?: string;
  readonly vmId: number;
  /** @default - all of the machine */
  readonly cores?: number;
  /** Share of the cores' time, in cores. @default - no limit */
  readonly cpuLimit?: number;
  /** Weight against other guests. @default - Proxmox VE's */
  readonly cpuUnits?: number;
  /** @default 'amd64' */
  readonly architecture?: 'amd64' | 'arm64' | 'armhf' | 'i386';
  readonly memoryMiB: number;
  /** @default - Proxmox VE's own */
  readonly swapMiB?: number;
  readonly rootDisk: AdoptedDiskProps;
  /** In their order; those without an address come last. */
  readonly cards: readonly AdoptedCardProps[];
  /** @default - those of the host */
  readonly nameservers?: readonly string[];
  /** @default - that of the host */
  readonly searchDomain?: string;
  readonly unprivileged: boolean;
  readonly startOnBoot: boolean;
  /** @default - none */
  readonly start?: AdoptedStartProps;
  /** Whether Proxmox VE lets nobody remove it. @default false */
  readonly protection?: boolean;
  /** Lower case. @default - none */
  readonly tags?: readonly string[];
  /** Markdown or HTML, as it is; lines may be many. @default - none */
  readonly description?: string;
  /** Family of what is installed, as Proxmox VE calls it. */
  readonly os: string;
  /**
   * What Proxmox VE has besides, by its own keys: features, mounts, devices, raw lines. It is written down so that a
   * change shows; nothing of this house ever writes it.
   * @default - nothing
   */
  readonly leftAlone?: Readonly<Record<string, readonly string[]>>;
}

/** Addresses that an adopted guest has for good, without prefix. */
export function fixedAddresses({ cards }: AdoptedGuestProps): string[] {
  return cards.flatMap(({ ipv4 }) => (ipv4?.includes('/') ? [ipv4.slice(0, ipv4.indexOf('/'))] : []));
}
