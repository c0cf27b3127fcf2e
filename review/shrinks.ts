import { listOf, type GuestChange } from './guest-change';
import type { Attributes } from './plan-json';

/** A disk a plan makes smaller or takes away. */
export interface Shrink {
  /** Such as `root disk`, `mount point /data`, `disk scsi1`. */
  readonly disk: string;
  readonly from: string;
  /** The new size, or `nothing` when the disk goes. */
  readonly to: string;
}

/** The disks an update shrinks or removes. */
export function shrinks({ action, before, after, kind }: GuestChange): Shrink[] {
  if (action !== 'update') return [];
  if (kind === 'virtual machine') return compare(before, after, 'disk', 'interface', 'disk ');
  const [was, is] = [listOf(before?.disk)[0], listOf(after?.disk)[0]];
  const root = smaller(was?.size, is?.size) ? [{ disk: 'root disk', from: `${was.size}G`, to: `${is?.size}G` }] : [];
  return [...root, ...compare(before, after, 'mount_point', 'path', 'mount point ')];
}

function compare(before: Attributes | null, after: Attributes | null, block: string, key: string, word: string): Shrink[] {
  const wanted = listOf(after?.[block]);
  return listOf(before?.[block]).flatMap((was) => {
    const disk = `${word}${String(was[key])}`;
    const is = wanted.find((candidate) => candidate[key] === was[key]);
    if (!is) {
      // Another path at the same volume is the same disk.
      const moved = wanted.some((candidate) => was.volume !== undefined && candidate.volume === was.volume);
      return moved ? [] : [{ disk, from: label(was.size), to: 'nothing' }];
    }
    return smaller(was.size, is.size) ? [{ disk, from: label(was.size), to: label(is.size) }] : [];
  });
}

const label = (size: unknown): string => (typeof size === 'number' ? `${size}G` : String(size));

const smaller = (was: unknown, is: unknown): boolean => {
  const [from, to] = [gib(was), gib(is)];
  return from !== null && to !== null && to < from;
};

const GIB_PER: Readonly<Record<string, number>> = { '': 1 / 1024 ** 3, K: 1 / 1024 ** 2, M: 1 / 1024, G: 1, T: 1024 };

/** GiB of a number of GiB, or of a text such as `20G`. Null when it is neither. */
function gib(size: unknown): number | null {
  if (typeof size === 'number') return size;
  const match = /^(\d+(?:\.\d+)?)([KMGT]?)i?B?$/i.exec(String(size ?? ''));
  return match && Number(match[1]) * GIB_PER[match[2].toUpperCase()];
}
