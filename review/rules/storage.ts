import { isUnknown, shown, type Change } from '../change';
import { asks } from '../rule';
import { isSame, type Path } from '../values';

/** A storage or pool in words, such as `the storage tank`. */
export const label = ({ kind, before, after, name }: Change): string => `the ${kind} ${String(before?.id ?? before?.name ?? after?.name ?? name)}`;

/** Storages and pools: what is on them is out of reach, or gone, when they go. */
export const removesStorage = asks('removes-storage', 'loss', (change) =>
  ['storage', 'zpool'].includes(change.kind) && ['delete', 'replace', 'forget'].includes(change.action)
    ? [{ problem: `this would ${change.action === 'forget' ? 'leave to nobody' : 'remove'} ${label(change)}: guests on it lose their disks`, remedy: 'keep it in the definition' }]
    : [],
);

/** A pool is made of whole disks: what was on them is gone. */
export const makesPool = asks('makes-pool', 'loss', (change) =>
  change.kind === 'zpool' && (['create', 'update'].includes(change.action) || change.isImport)
    ? [{ problem: `this would ${change.action === 'update' ? 'change' : 'make'} ${label(change)} on the disks ${JSON.stringify(change.after?.devices ?? [])}: what is on them is gone`, remedy: 'pools are made and imported by Ansible, which looks at the disks first' }]
    : [],
);

/** What may change on a storage without taking anything out of reach: it is for volumes made later. */
const LATER_VOLUMES = new Set(['thin_provision', 'blocksize', 'preallocation', 'create_base_path', 'create_subdirs']);

/** A storage must not be switched off, narrowed, or looked for at another place. */
export const narrowsStorage = asks('narrows-storage', 'outage', (change) => {
  if (change.kind !== 'storage' || change.action !== 'update') return [];
  const names = [...new Set([...Object.keys(change.before ?? {}), ...Object.keys(change.after ?? {})])];
  const narrowed = names.filter((name) => !LATER_VOLUMES.has(name) && !isWider(change, name));
  if (narrowed.length === 0) return [];
  const texts = narrowed.map((name) => `${name} ${shown(change, [name])}`);
  return [{ problem: `this would change ${label(change)}: ${texts.join(', ')}; guests may not find their disks there`, remedy: 'leave the storage as it is' }];
});

/** Whether a value stays, or only lets in more than before. */
function isWider(change: Change, name: string): boolean {
  const path: Path = [name];
  const [was, is] = [change.before?.[name], change.after?.[name]];
  if (isUnknown(change, path)) return false;
  if (name === 'disable') return is !== true || was === true;
  // Without nodes a storage is there on all of them.
  if (name === 'nodes') return isSame(is, []) || (!isSame(was, []) && includesAll(is, was));
  if (name === 'content') return includesAll(is, was);
  return isSame(was, is);
}

const includesAll = (whole: unknown, part: unknown): boolean =>
  (Array.isArray(part) ? part : []).every((item) => Array.isArray(whole) && whole.includes(item));
