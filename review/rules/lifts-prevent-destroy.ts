import { guestText, isGuest, type Change } from '../change';
import { asks } from '../rule';
import { label } from './storage';

/** Whether something is never destroyed in a house: a guest that Proxmox VE protects, and the storage on a pool. */
const isKept = (change: Change): boolean =>
  change.after !== null && (isGuest(change) ? change.after.protection === true : change.kind === 'storage' && change.type.endsWith('_zfspool'));

/** What Proxmox VE protects, Terraform itself must not destroy either; the stack says so, and a plan does not. */
export const liftsPreventDestroy = asks('lifts-prevent-destroy', 'loss', (change, { kept }) =>
  kept !== null && isKept(change) && !kept.has(change.address)
    ? [{ problem: `the stack does not keep ${isGuest(change) ? guestText(change) : label(change)} from being destroyed: it has no prevent_destroy`, remedy: 'put prevent_destroy back into what the definition emits' }]
    : [],
);
