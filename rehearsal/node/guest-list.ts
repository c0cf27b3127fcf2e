import type { PveNode } from './pve-node';

/** One guest as PVE lists it under `/cluster/resources?type=vm`. */
export interface ListedGuest {
  readonly vmid: number;
  readonly type: 'lxc' | 'qemu';
  readonly node: string;
  readonly name: string;
  readonly status: string;
  readonly template: 0 | 1;
}

/** The node's guests in the form of `pvesh get /cluster/resources --type vm --output-format json`. */
export const guestList = (node: PveNode): ListedGuest[] =>
  node.guests
    .map((guest) => ({
      vmid: guest.vmid,
      type: guest.kind,
      node: node.name,
      name: guest.name,
      status: guest.status,
      template: guest.template ? (1 as const) : (0 as const),
    }))
    .sort((a, b) => a.vmid - b.vmid);

/** The node's disks in the form of `zfs list -H -o name -t filesystem,volume`: its pools, and what is on them. */
export const diskList = ({ disks, storages, volumes }: PveNode): string[] => [
  ...disks.filter(({ kind }) => kind === 'zpool').map(({ name }) => name),
  ...storages
    .filter(({ type }) => type === 'zfspool')
    .flatMap(({ id, location }) => volumes.filter(({ storage }) => storage === id).map(({ volid }) => `${location}/${volid.slice(volid.indexOf(':') + 1)}`)),
];
