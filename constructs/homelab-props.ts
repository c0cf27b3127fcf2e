import type { HostProps } from './host/host-props';
import type { ServiceProps } from './service/service-props';
import type { StorageProps } from './storage/storage-props';
import type { ImageProps } from './template/image';
import type { TemplateProps } from './template/template-props';

/** A service that left the definition while its guest stays on the machine. */
export interface RetiredProps {
  /** Name it had last. */
  readonly name: string;
  /** VMID of its guest; nobody else may take it. */
  readonly vmId: number;
  /** Its address, without prefix; nobody else may take it. */
  readonly address: string;
}

/** Where Terraform keeps its state. */
export interface StateProps {
  /** Service that runs the object store; it is made by the `foundation` stack. */
  readonly service: string;
  readonly port: number;
  readonly bucket: string;
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
  readonly state: StateProps;
  /** @default - the defaults of its parts */
  readonly budget?: BudgetProps;
}
