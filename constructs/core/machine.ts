/** What the rehearsal must know of a house's machine to play it: the definition's facts, no state. */
export interface MachineFacts {
  /** Node name in Proxmox VE. */
  readonly name: string;
  /** Version of Proxmox VE, e.g. `9.1.5`. */
  readonly version: string;
  readonly cores: number;
  /** RAM that the kernel sees, in MiB. */
  readonly memoryMiB: number;
  readonly bridges: readonly string[];
  /** GiB of the root file system. */
  readonly rootGiB: number;
  readonly pools: readonly { readonly name: string; readonly usableGiB: number }[];
  /** Ids of the directory storages that images lie on; `local` is the installer's. */
  readonly imageStorages: readonly string[];
  /** Storages that are there already. @default - none but the installer's */
  readonly storages?: readonly { readonly id: string; readonly type: string; readonly sizeGiB: number; readonly content: readonly string[] }[];
  /** The API token's user, e.g. `terraform@pve`, and everything that it may do. */
  readonly token: { readonly user: string; readonly privileges: readonly string[] };
}
