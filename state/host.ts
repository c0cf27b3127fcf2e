import { diskOwner, LIST_DISKS, LIST_GUESTS, parseDiskList, parseGuestList, type Host, type ListedGuest } from '../review/host';
import type { Site } from './site';
import { sshToHost } from './ssh';

/** What is on the host now: its guests, and its disks, since one without a configured guest is data all the same. */
export type HostContents = Required<Host>;

/** Reads what is on the host now. @throws Refusal when it cannot be reached or answers something else */
export function readHost(site: Site): HostContents {
  const ask = (command: string) => sshToHost(site, command).toString();
  return { guests: parseGuestList(ask(LIST_GUESTS)), disks: parseDiskList(ask(LIST_DISKS)) };
}

/** Something on the host that is not as it was. */
export interface HostChange {
  /** VMID of the guest that it is about; null for a disk of none. */
  readonly vmid: number | null;
  /** For a person. */
  readonly words: string;
}

/** What happened on the host between two looks at it. */
export function hostChanges(before: HostContents, after: HostContents): HostChange[] {
  const [was, is] = [before, after].map(({ guests }) => new Map(guests.map((guest) => [guest.vmid, guest])));
  const vmids = [...new Set([...was!.keys(), ...is!.keys()])].sort((a, b) => a - b);
  const guests = vmids.flatMap((vmid) => {
    const [from, to] = [describe(was!.get(vmid)), describe(is!.get(vmid))];
    return from === to ? [] : [{ vmid, words: `guest ${vmid} was ${from} and is now ${to}` }];
  });
  return [...guests, ...diskChanges(before.disks, after.disks, 'appeared'), ...diskChanges(after.disks, before.disks, 'went')];
}

function diskChanges(before: readonly string[], after: readonly string[], verb: string): HostChange[] {
  const known = new Set(before);
  return after.filter((disk) => !known.has(disk)).map((disk) => ({ vmid: diskOwner(disk) ?? null, words: `disk ${disk} ${verb}` }));
}

const describe = (guest: ListedGuest | undefined): string => (guest ? `'${guest.name ?? ''}' (${guest.type}, ${guest.status ?? 'of unknown status'})` : 'not there');
