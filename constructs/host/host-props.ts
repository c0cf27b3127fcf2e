import type { HostSettings } from './host-settings';

/** A disk in the machine. */
export interface DiskProps {
  /** What it carries. */
  readonly purpose: 'boot' | 'pool';
  /** Size in GiB. */
  readonly sizeGiB: number;
  /** Whether it sits on one of the board's SATA ports. */
  readonly sata: boolean;
  /** Serial number as udev's ID_SERIAL_SHORT. @default - unknown: nothing that could touch the wrong disk is emitted */
  readonly serial?: string;
}

/** The Linux bridge of the house. */
export interface BridgeProps {
  /** Interface name, e.g. `vmbr0`. */
  readonly name: string;
  /** The host's own address in CIDR form, e.g. `192.168.88.10/24`. */
  readonly address: string;
  readonly gateway: string;
  /** Physical interfaces in the bridge. */
  readonly ports: readonly string[];
  /** Whether guests may use VLAN tags. @default false */
  readonly vlanAware?: boolean;
}

/** One more bridge, which the host has no address on: guests of other networks are plugged into it. */
export interface OtherBridgeProps {
  /** Interface name, e.g. `vmbr2`. */
  readonly name: string;
  /** Physical interfaces in the bridge. @default - none: guests reach each other on it, and nothing else */
  readonly ports?: readonly string[];
  /** Whether guests may use VLAN tags. @default false */
  readonly vlanAware?: boolean;
}

/** A bridge without physical interfaces, for machines that are being installed. */
export interface ProvisioningProps {
  /** Interface name, e.g. `vmbr1`. */
  readonly bridge: string;
  /** The host's own address on it in CIDR form; no gateway, so nothing leaves it. */
  readonly address: string;
}

/** The graphics card. */
export interface GpuProps {
  readonly model: string;
  /** NVIDIA driver version, pinned together with the kernel, e.g. `590.48.01`. */
  readonly driverVersion: string;
  /** Device nodes a guest needs, in an order that only ever grows (a removed one reboots the guest for ever). */
  readonly devices: readonly string[];
}

/** The restricted API token that Terraform uses. */
export interface ApiTokenProps {
  /** User with realm, e.g. `terraform@pve`. */
  readonly user: string;
  readonly tokenId: string;
  /** Role of Proxmox VE that is granted on `/` as well. @default - none: a role of the house's own has exactly what the stacks need */
  readonly role?: 'PVEAdmin';
  /** Privileges beyond those that follow from the stacks; synth says which nobody needs. @default - none */
  readonly extraPrivileges?: readonly string[];
  /** Days until the token should be made anew; Proxmox VE ends it two weeks later. @default 180 */
  readonly rotateDays?: number;
}

/** How the machine is installed without a person at its keyboard. */
export interface InstallProps {
  /** Country, two lower-case letters, e.g. `pl`. */
  readonly country: string;
  /** Keyboard as the installer of Proxmox VE names it, e.g. `en-us` or `pl`. */
  readonly keyboard: string;
  /**
   * Address of the network card that is the first port of the bridge, lower case with colons.
   * @default - unknown: no answer is emitted, since an installer could not tell the cards apart
   */
  readonly mac?: string;
  /** Proxmox VE's own installer, or Debian's with Proxmox VE on top. @default 'proxmox' */
  readonly installer?: 'proxmox' | 'debian';
}

/** The physical machine and the Proxmox VE on it. */
export interface HostProps {
  /** Node name in Proxmox VE. Changing it makes every guest unknown. */
  readonly nodeName: string;
  readonly board: string;
  readonly cpu: string;
  readonly cores: number;
  /** RAM that the kernel sees, in MiB. */
  readonly memoryMiB: number;
  /** RAM kept for the host itself, in MiB. @default 2048 */
  readonly memoryReserveMiB?: number;
  readonly sataPorts: number;
  readonly disks: readonly DiskProps[];
  /** @default - none */
  readonly gpu?: GpuProps;
  readonly pveVersion: string;
  /** Pinned kernel, e.g. `6.17.4-2-pve`. */
  readonly kernel: string;
  /** Root file system in GiB (ext4 on LVM). */
  readonly rootGiB: number;
  readonly bridge: BridgeProps;
  /** Names of mappings of PCI and USB devices that Proxmox VE has, for virtual machines; made by hand under Datacenter, Resource Mappings. @default - none */
  readonly mappings?: readonly string[];
  /** More bridges for guests. @default - none */
  readonly otherBridges?: readonly OtherBridgeProps[];
  /** Isolated network for installing machines. @default - none */
  readonly provisioning?: ProvisioningProps;
  readonly nameservers: readonly string[];
  /** Zone name as in the tz database; `Etc/UTC` is refused by the installer. */
  readonly timezone: string;
  /**
   * IPv4 addresses and networks from which the owner works: SSH, Proxmox VE's own interface, and every declared port of a guest;
   * on the host nobody else of its network gets there.
   * @default - the network of the bridge, but for its guests
   */
  readonly adminAddresses?: readonly string[];
  readonly apiToken: ApiTokenProps;
  /** @default - no answer for an unattended installation is emitted */
  readonly install?: InstallProps;
  /** Mail address that the host's root mail goes to. @default - stays on the host */
  readonly mailTo?: string;
  /**
   * Variables of the host's roles, by role and without its prefix, e.g. `{ pve_backup: { max_age_hours: 50 } }`.
   * @default - what follows from the definition, and the roles' own defaults
   */
  readonly settings?: HostSettings;
}
