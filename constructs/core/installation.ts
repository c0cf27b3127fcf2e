import { randomSecret } from './secret';

/** Root's password on the console. By SSH only keys are taken. */
export const rootPassword = randomSecret('host_root_password', 24);

/** Everything an installer must be told, with nothing left to guess. */
export interface Installation {
  readonly fqdn: string;
  readonly country: string;
  readonly keyboard: string;
  readonly timezone: string;
  readonly mailTo: string;
  readonly sshKeys: readonly string[];
  readonly installer: 'proxmox' | 'debian';
  /** Network card, lower case with colons, and the name it is given. */
  readonly card: { readonly mac: string; readonly name: string };
  /** The host's address, e.g. `192.168.88.10`, and the length of its network prefix. */
  readonly address: string;
  readonly prefix: number;
  readonly gateway: string;
  readonly nameserver: string;
  /** Serial number of the only disk that is written to. */
  readonly bootSerial: string;
  readonly rootGiB: number;
}

/** Name of the file with the answers for a machine. */
export function answerFileName(host: string, installer: Installation['installer']): string {
  return installer === 'proxmox' ? `${host}.answer.toml` : `${host}.preseed.cfg`;
}
