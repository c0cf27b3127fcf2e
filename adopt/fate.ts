import type { FoundGuest } from './house';

/** A value of a guest that a definition cannot say, and what becomes of it. */
export interface Fate {
  readonly key: string;
  readonly value: string;
  readonly becomes: string;
}

const LEFT = 'left alone: nothing of this house reads or writes it';

/** Keys that the definition of a service says in its own words. */
const SAID = /^(hostname|name|cores|memory|swap|rootfs|net0|mp\d+|tags|onboot|unprivileged|protection|ostype|arch|template|description|nameserver|searchdomain|features|startup|dev\d+|digest|cmode|console|tty|boot|scsihw|smbios1|vmgenid|meta)$/;

/** What stands in the way of managing a guest, by the key that says it; the first form that fits counts. */
const IN_THE_WAY: readonly (readonly [RegExp, string])[] = [
  [/^lock$/, 'to do: the guest is locked, by a backup for instance; wait until it is not'],
  [/^net[1-9]\d*$/, 'in the way: a service has one network card, and an import would take this one away'],
  [/^lxc\./, 'in the way: a raw line of LXC; Proxmox VE keeps it, no definition says it'],
  [/^unused\d+$/, 'in the way: a disk that nobody uses may hold data; look into it first'],
  [/^(hostpci|usb|serial|parallel|ide|sata|scsi|virtio|efidisk|tpmstate)\d*$/, LEFT],
];

/** What of a guest no definition says, each with what becomes of it while the guest is known. */
export function fatesOf(guest: FoundGuest): Fate[] {
  const rows = [...guest.config.values].flatMap(([key, values]) => {
    const inTheWay = IN_THE_WAY.find(([form]) => form.test(key))?.[1];
    if (inTheWay === undefined && SAID.test(key)) return [];
    return values.map((value) => ({ key, value, becomes: inTheWay ?? LEFT }));
  });
  const snapshots = guest.config.snapshots.map((name) => ({ key: 'snapshot', value: name, becomes: 'left alone; it cannot be rolled back past a change of disks' }));
  return [...rows, ...snapshots];
}
