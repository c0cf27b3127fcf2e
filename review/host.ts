import { Refusal } from '../common/refusal';
import { parseJson } from './plan-json';

/** One guest on the host, as PVE lists it. */
export interface ListedGuest {
  readonly vmid: number;
  /** `lxc` or `qemu`. */
  readonly type: string;
  readonly name?: string;
  readonly status?: string;
}

/** What is on the host now. */
export interface Host {
  readonly guests: readonly ListedGuest[];
  /** Names of file systems and volumes, as `zfs list -H -o name -t filesystem,volume` prints them. @default - not looked at */
  readonly disks?: readonly string[];
}

/** What prints the guests of a host in the form that is read here. */
export const LIST_GUESTS = 'pvesh get /cluster/resources --type vm --output-format json';

/** What prints the disks of a host in the form that is read here. */
export const LIST_DISKS = 'zfs list -H -o name -t filesystem,volume';

/**
 * Reads the guests of a host.
 * @param text output of LIST_GUESTS
 * @throws Refusal when the text is something else: an empty list must be told apart from a failed command
 */
export function parseGuestList(text: string): ListedGuest[] {
  const remedy = `write it with: ${LIST_GUESTS}`;
  const list = parseJson(text, 'the guest list', remedy);
  if (!Array.isArray(list) || list.some((guest) => !Number.isInteger(guest?.vmid) || typeof guest.type !== 'string')) {
    throw new Refusal('the guest list is not a list of guests with a vmid and a type each', remedy);
  }
  return list as ListedGuest[];
}

/** Reads the disks of a host. @param text output of LIST_DISKS */
export const parseDiskList = (text: string): string[] => text.split('\n').map((line) => line.trim()).filter(Boolean);

/** The guest that a disk is of by its name on the pool, or undefined when it is of none. */
export function diskOwner(disk: string): number | undefined {
  const vmid = /(?:^|[/:])(?:subvol|vm|base|basevol)-(\d+)-disk-/.exec(disk)?.[1];
  return vmid === undefined ? undefined : Number(vmid);
}

/** The disks of guests, by VMID. */
export function disksByGuest(disks: readonly string[]): ReadonlyMap<number, string> {
  const found = new Map<number, string>();
  for (const disk of disks) {
    const vmid = diskOwner(disk);
    if (vmid !== undefined && !found.has(vmid)) found.set(vmid, disk);
  }
  return found;
}
