import type { PveNode } from '../node/pve-node';
import { diskOf, promisedGiB } from '../node/storage';
import type { World } from '../provider/world';

/** What the guests of a node take of its memory, cores and disks. */
export interface Capacity {
  readonly memoryMiB: number;
  readonly cores: number;
  readonly guests: number;
  /** GiB by disk. */
  readonly diskGiB: Readonly<Record<string, number>>;
}

/** Measures a node as it is now; a template takes disk but neither memory nor cores. */
export function capacityOf(node: PveNode): Capacity {
  const live = node.guests.filter((guest) => !guest.template);
  const disks = new Set(node.storages.map((storage) => diskOf(node, storage)));
  return {
    memoryMiB: live.reduce((total, guest) => total + guest.memoryMiB, 0),
    cores: live.reduce((total, guest) => total + guest.cores, 0),
    guests: live.length,
    diskGiB: Object.fromEntries([...disks].map((disk) => [disk.name, Math.ceil(promisedGiB(node, disk))])),
  };
}

/** Capacity in words, against what the node has. */
export function capacityLine(node: PveNode, { memoryMiB, cores, guests, diskGiB }: Capacity): string {
  const share = (part: number, whole: number): string => `${part} of ${whole}`;
  const disks = node.disks
    .filter((disk) => disk.name in diskGiB)
    .map((disk) => `${disk.name} ${share(diskGiB[disk.name], disk.sizeGiB)} GiB`);
  return [
    `${guests} guests`,
    `memory ${share(memoryMiB, node.memoryMiB)} MiB`,
    `cores ${cores} on ${node.cores}`,
    ...disks,
  ].join(', ');
}

/** Remembers a world at its fullest: a rehearsal ends with an empty one. */
export class Peak {
  capacity: Capacity;
  /** Files that were handed over. */
  files = 0;

  constructor(private readonly world: World) {
    this.capacity = capacityOf(world.node);
  }

  look(): void {
    const now = capacityOf(this.world.node);
    if (now.guests >= this.capacity.guests) this.capacity = now;
    this.files = Math.max(this.files, this.world.files.size);
  }
}
