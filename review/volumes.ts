import type { Change } from './change';
import { isUnknown } from './change';
import type { Attributes } from './plan-json';
import { isSame, listOf, valueText, type Path } from './values';

/** What an update does to one disk of a guest. */
export interface VolumeChange {
  readonly what: 'shrinks' | 'goes' | 'moves';
  /** Such as `the root disk from 8G to 4G`. */
  readonly text: string;
}

/** A disk of a guest in a plan. */
interface Volume {
  readonly key: string;
  readonly label: string;
  readonly path: Path;
  readonly values: Attributes;
  /** Attributes that say where its bytes are. */
  readonly place: readonly string[];
}

/** Blocks that are disks: the attribute that tells them apart, their name in words, and what says where their bytes are. */
const BLOCKS: readonly { block: string; key: string | null; word: string; place: readonly string[] }[] = [
  { block: 'mount_point', key: 'path', word: 'mount point', place: ['volume', 'path_in_datastore'] },
  { block: 'efi_disk', key: null, word: 'EFI disk', place: ['datastore_id', 'file_format'] },
  { block: 'tpm_state', key: null, word: 'TPM state', place: ['datastore_id', 'version'] },
];

const ROOT = { block: 'disk', key: null, word: 'root disk', place: ['datastore_id', 'path_in_datastore'] };
const SLOTS = { block: 'disk', key: 'interface', word: 'disk', place: ['datastore_id', 'path_in_datastore', 'file_id', 'import_from', 'file_format'] };

function volumesOf({ kind }: Change, values: Attributes | null): Volume[] {
  return [kind === 'container' ? ROOT : SLOTS, ...BLOCKS].flatMap(({ block, key, word, place }) =>
    listOf(values?.[block]).map((item, index) => ({
      key: `${block} ${key === null ? index : String(item[key])}`,
      label: key === null ? `the ${word}` : `the ${word} ${String(item[key])}`,
      path: [block, index],
      values: item,
      place,
    })),
  );
}

/** What an update does to the disks of a guest, other than growing them. */
export function volumeChanges(change: Change): VolumeChange[] {
  if (change.action !== 'update') return [];
  const wanted = volumesOf(change, change.after);
  return volumesOf(change, change.before).flatMap((was) => {
    const at = wanted.findIndex(({ key }) => key === was.key);
    if (at >= 0) return compare(change, was, wanted.splice(at, 1)[0]);
    const elsewhere = volumesOf(change, change.after).find(({ values }) => typeof was.values.volume === 'string' && values.volume === was.values.volume);
    if (elsewhere) return [{ what: 'moves', text: `${was.label} to ${String(elsewhere.values.path)}, with its volume ${String(was.values.volume)}` }];
    return [{ what: 'goes', text: `${was.label} (${sizeText(was.values.size)})` }];
  });
}

function compare(change: Change, was: Volume, is: Volume): VolumeChange[] {
  const changes: VolumeChange[] = [];
  for (const name of was.place) {
    const unknown = isUnknown(change, [...is.path, name]);
    if (!unknown && isSame(was.values[name], is.values[name])) continue;
    if (isSame(was.values[name], '') && name !== 'import_from' && name !== 'file_id') continue;
    changes.push({ what: 'moves', text: `${was.label}: ${name} ${valueText(was.values[name])} -> ${unknown ? '(known after apply)' : valueText(is.values[name])}` });
  }
  if (losesSize(was.values.size, is.values.size, isUnknown(change, [...is.path, 'size']))) {
    changes.push({ what: 'shrinks', text: `${was.label} from ${sizeText(was.values.size)} to ${sizeText(is.values.size)}` });
  }
  return changes;
}

/** Whether a size gets smaller, or is no longer said: what cannot be compared may be smaller. */
function losesSize(was: unknown, is: unknown, unknown: boolean): boolean {
  if (!unknown && isSame(was, is)) return false;
  const [from, to] = [gibOf(was), gibOf(is)];
  if (was === undefined || was === null || was === '') return false;
  return unknown || from === null || to === null || to < from;
}

const sizeText = (size: unknown): string => (typeof size === 'number' ? `${size}G` : size === undefined || size === null ? 'an unknown size' : String(size));

const GIB_PER: Readonly<Record<string, number>> = { '': 1 / 1024 ** 3, K: 1 / 1024 ** 2, M: 1 / 1024, G: 1, T: 1024 };

/** GiB of a number of GiB, or of a text such as `20G`. Null when it is neither. */
export function gibOf(size: unknown): number | null {
  if (typeof size === 'number') return size;
  const match = /^(\d+(?:\.\d+)?)([KMGT]?)i?B?$/i.exec(String(size ?? ''));
  return match && Number(match[1]) * GIB_PER[match[2].toUpperCase()];
}
