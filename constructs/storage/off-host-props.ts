/** A place outside this house's pool that takes restic's repository. */
export type OffHostTarget =
  | {
      /** Another machine over ssh. The host makes a key of its own for it and prints the public half. */
      readonly kind: 'sftp';
      readonly user: string;
      readonly host: string;
      /** @default 22 */
      readonly port?: number;
      /** Folder on that machine, absolute. */
      readonly path: string;
      /** Its ed25519 host key as in known_hosts, without the name: `ssh-ed25519 AAAA…`. */
      readonly hostKey: string;
    }
  | {
      /** A bucket; both keys are asked secrets. */
      readonly kind: 's3';
      /** Address of the service with scheme, e.g. `https://s3.eu-central-1.amazonaws.com`. */
      readonly endpoint: string;
      readonly bucket: string;
      /** Folder in the bucket. @default - the bucket itself */
      readonly path?: string;
    }
  | {
      /** restic's own server over https; the password of `user` is an asked secret. */
      readonly kind: 'rest-server';
      /** Address with scheme, e.g. `https://vault.example.org:8000/home`. */
      readonly url: string;
      readonly user: string;
    }
  | {
      /** A second disk in or at the machine, mounted by the owner. It survives the pool's disk, not a fire. */
      readonly kind: 'disk';
      /** Mount point, absolute; nothing is written while nothing is mounted there. */
      readonly mountpoint: string;
    };

/** The encrypted copy of everything that must survive the pool's disk, made by restic. */
export interface OffHostProps {
  readonly target: OffHostTarget;
  /** systemd calendar event. @default '*-*-* 05:00:00' */
  readonly schedule?: string;
  readonly keepDaily: number;
  readonly keepWeekly: number;
  readonly keepMonthly: number;
  /** Whether the vzdump archives of root disks go too; they are large, and every guest can be made anew by its play. */
  readonly guestArchives: boolean;
  /** Share of the repository that is read back and compared after each copy, in percent. @default 5 */
  readonly verifyPercent?: number;
  /** Most that is sent, in KiB per second. @default - as fast as the line is */
  readonly uploadKiBps?: number;
}
