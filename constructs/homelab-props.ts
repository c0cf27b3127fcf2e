import type { AdoptedGuestProps } from './adopted/adopted-props';
import type { HostProps } from './host/host-props';
import type { ServiceProps } from './service/service-props';
import type { StorageProps } from './storage/storage-props';
import type { ImageProps } from './template/image';
import type { TemplateProps } from './template/template-props';
import type { AlertsProps } from './watch/alerts-props';

/** A service that left the definition while its guest stays on the machine. */
export interface RetiredProps {
  /** Name it had last. */
  readonly name: string;
  /** VMID of its guest; nobody else may take it. */
  readonly vmId: number;
  /** Its address, without prefix; nobody else may take it. */
  readonly address: string;
}

/** A template that a newer one took the place of; its clones stand on it. */
export interface RetiredTemplateProps {
  /** Name it had; the present template has another one. */
  readonly name: string;
  /** Its VMID; nobody else may take it. */
  readonly vmId: number;
}

/** A guest on the host that this house does not manage: in no state, touched by nothing, and yet there. */
export interface KnownGuestProps {
  /** Name it has on the host, as it is; it need not be a DNS label. */
  readonly name: string;
  /** VMID; no service may take it. */
  readonly vmId: number;
  readonly kind: 'container' | 'virtual machine';
  /** IPv4 addresses without prefix that no service may take. @default - none is known */
  readonly addresses?: readonly string[];
  /** MAC addresses that no service may take. @default - none is known */
  readonly macAddresses?: readonly string[];
  /** vCPUs it may use; counted against the machine. */
  readonly cores: number;
  /** Its memory, MiB; counted against the machine. */
  readonly memoryMiB: number;
}

/** Where the state was before it moves; what is left out is as it is now. */
export interface FormerStateProps {
  /** Address of the object store then, without prefix. @default - the address of its service */
  readonly address?: string;
  /** @default - the present port */
  readonly port?: number;
  /** @default - the present bucket */
  readonly bucket?: string;
}

/** Where Terraform keeps its state. */
export interface StateProps {
  /** Service that runs the object store; it is made by the `foundation` stack. */
  readonly service: string;
  readonly port: number;
  readonly bucket: string;
  /** Where the state is until it is moved (docs/state/move.md); dropped afterwards. @default - it stays where it is */
  readonly formerly?: FormerStateProps;
}

/** Limits of what the machine may be promised. */
export interface BudgetProps {
  /** vCPUs per core above which the owner is warned. @default 5 */
  readonly cpuWarnRatio?: number;
  /** vCPUs per core above which synthesis refuses. @default 8 */
  readonly cpuMaxRatio?: number;
  /** Share of the pool above which the owner is warned; a full ZFS pool gets slow. @default 0.8 */
  readonly poolWarnShare?: number;
}

/** The whole house. One value of this type is everything that the other tools are given. */
export interface HomelabProps {
  /** Name of the house. */
  readonly name: string;
  /** DNS domain of its machines. */
  readonly domain: string;
  readonly host: HostProps;
  readonly storage: StorageProps;
  /** Image that containers are made of. */
  readonly containerImage: ImageProps;
  readonly template: TemplateProps;
  /** Public keys that may log in; ed25519 only. */
  readonly sshKeys: readonly string[];
  readonly services: readonly ServiceProps[];
  /** Services that left: Terraform forgets their guests and touches nothing. Drop an entry when its guest is gone. @default - none */
  readonly retired?: readonly RetiredProps[];
  /** Templates that were renewed: Terraform forgets them and touches nothing. Drop an entry when the template is gone. @default - none */
  readonly retiredTemplates?: readonly RetiredTemplateProps[];
  /** Guests of others on the same host, or of this house before it takes them over; `make adopt` writes them. @default - none */
  readonly known?: readonly KnownGuestProps[];
  /** Containers that were there before and are in Terraform's state as they are; `./house adopt` writes them. @default - none */
  readonly adopted?: readonly AdoptedGuestProps[];
  readonly state: StateProps;
  /** How the owner is told that something is red. @default - nobody is told; Prometheus shows it */
  readonly alerts?: AlertsProps;
  /** @default - the defaults of its parts */
  readonly budget?: BudgetProps;
}
