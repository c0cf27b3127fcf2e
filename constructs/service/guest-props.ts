import type { ImageProps } from '../template/image';
import type { VmProps } from './vm-props';

/** IPv6 of a network card. */
export type Ipv6Props = 'auto' | 'dhcp' | {
  /** Address in CIDR form, e.g. `fd00:10::20/64`. */
  readonly address: string;
  /** @default - none */
  readonly gateway?: string;
};

/** What every network card of a guest may have. */
interface CardProps {
  /** Bridge that it is plugged into. @default - the bridge of the house */
  readonly bridge?: string;
  /** VLAN tag, 1 to 4094; the bridge has to be aware of VLANs. @default - none */
  readonly vlan?: number;
  /** Largest packet in bytes. @default - that of the bridge */
  readonly mtu?: number;
  /** Most that it may send, MB per second. @default - no limit */
  readonly rateMBps?: number;
  /** @default - none */
  readonly ipv6?: Ipv6Props;
}

/** The first network card of a guest, beyond its address. */
export interface NetworkProps extends CardProps {
  /** Router of a network that is not the bridge's own, in CIDR form, e.g. `10.0.20.1/24`. @default - the gateway of the house */
  readonly gateway?: string;
  /** Asks the DHCP server for its address, which has it reserved for the MAC; synth writes the reservation. @default false */
  readonly dhcp?: boolean;
}

/** One more network card. */
export interface ExtraCardProps extends CardProps {
  /** IPv4 address in CIDR form, or `dhcp`. @default - none; such a card stands behind those that have one */
  readonly address?: string;
  /** MAC address. @default - Proxmox VE makes one */
  readonly macAddress?: string;
}

/** Place in the order in which the host starts its guests. */
export interface StartupProps {
  /** From 1; the same number starts at the same time. @default - follows from what the service needs */
  readonly order?: number;
  /** Seconds that the host waits after its start before the next one. @default - the host's own */
  readonly upDelaySec?: number;
  /** Seconds that the host waits for its shutdown. @default - the host's own */
  readonly downDelaySec?: number;
}

/** How much of the processor a guest may have. */
export interface CpuProps {
  /** Cores' worth of time that it may use at most, e.g. 1.5. @default - all its cores */
  readonly limit?: number;
  /** Weight against other guests, 1 to 10,000. @default - Proxmox VE's own, 100 */
  readonly units?: number;
}

/** A device of the host in a container. */
export interface DeviceProps {
  /** Device node, e.g. `/dev/dri/renderD128`, `/dev/net/tun` or `/dev/ttyUSB0`. */
  readonly path: string;
  /** Access rights in octal. @default '0660' */
  readonly mode?: string;
  /** Owner inside the container. @default 0 */
  readonly uid?: number;
  /** Group inside the container. @default 0 */
  readonly gid?: number;
}

/** A folder of the host in a container: a dataset of the house, a volume of another service, or a folder that is there already. */
export type BindProps = BindOptions & ({ readonly dataset: string } | { readonly service: string; readonly volume: string } | { readonly hostPath: string });

interface BindOptions {
  /** Absolute path inside the container. */
  readonly path: string;
  /** @default false */
  readonly readOnly?: boolean;
}

/** Ids inside a container that stand for other ids of the host than those of an unprivileged container. */
export interface IdMapProps {
  readonly of: 'user' | 'group' | 'both';
  /** First id inside; never 0, since root of the container would be somebody on the host. */
  readonly inside: number;
  /** First id on the host. */
  readonly onHost: number;
  /** How many ids in a row. @default 1 */
  readonly count?: number;
}

/** What only root may switch on in a container. */
export type Feature = 'fuse' | 'keyctl' | 'mknod';

/** What a guest is on Proxmox VE beyond size and address; whoever leaves it all out has the usual guest. */
export interface GuestProps {
  /** Makes the guest a virtual machine. @default - it is a container */
  readonly vm?: VmProps;
  /** Resource pool that it belongs to; Terraform makes the pool. @default - none */
  readonly pool?: string;
  /** @default - follows from what the service needs */
  readonly startup?: StartupProps;
  /** @default - one card in the bridge of the house */
  readonly network?: NetworkProps;
  /** Network cards after the first. @default - none */
  readonly extraCards?: readonly ExtraCardProps[];
  /** @default - all its cores, weighed like everybody's */
  readonly cpu?: CpuProps;
  /** Storage of its root disk, one of `storage.others`. @default - the pool of the house */
  readonly rootStorage?: string;
  /** Image that it is made of. What exists keeps its own. @default - the house's image of containers */
  readonly image?: ImageProps;
  /** Set by root on the host, beside nesting, which every container has. @default - none */
  readonly features?: readonly Feature[];
  /** Devices of the host, given by root on the host. @default - none */
  readonly devices?: readonly DeviceProps[];
  /** Folders of the host that others may use as well. @default - none */
  readonly binds?: readonly BindProps[];
  /** Exceptions to the ids of an unprivileged container, written by root on the host. @default - none */
  readonly idMap?: readonly IdMapProps[];
}
