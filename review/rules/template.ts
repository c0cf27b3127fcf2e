import { guestText, isGuest, shown } from '../change';
import { forbids, tells } from '../rule';
import { differences, pathText, type Path } from '../values';

/** What clones do not stand on. All else of a template is in them already, or in nothing. */
const FREE = new Set(['agent', 'cpu', 'description', 'memory', 'name', 'on_boot', 'protection', 'tags']);
const isFree = ([name]: Path): boolean => typeof name === 'string' && (FREE.has(name) || name.startsWith('timeout_'));

/** A template that exists is not changed under its clones: it is renewed beside the old one. */
export const changesTemplate = forbids('changes-template', 'renew it under another VMID and name: docs/everyday.md', (change) => {
  if (!isGuest(change) || change.action !== 'update' || change.before?.template !== true) return [];
  const changed = differences(change.before, change.after).filter((path) => !isFree(path));
  if (changed.length === 0) return [];
  return [
    {
      problem: `this would change what clones of ${guestText(change)} stand on: ${changed.map((path) => `${pathText(path)} ${shown(change, path)}`).join(', ')}`,
      remedy: 'of a template that exists only cores, memory, description and tags change; put the others back, and renew it under another VMID and name: docs/everyday.md, "Renew the template"',
    },
  ];
});

/** An image that is downloaded anew changes nothing that was made of the one before. */
export const renewsImage = tells('renews-image', ({ type, action, before, after }) =>
  /^proxmox_(virtual_environment_)?download_file$/.test(type) && before !== null && action !== 'none' && action !== 'delete'
    ? [`${String(after?.file_name ?? 'another image')} comes in the place of ${String(before.file_name)}: guests and templates that exist keep what they were made of`]
    : [],
);
