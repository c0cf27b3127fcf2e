import { isGuest, shown, type Change } from '../change';
import type { Kind } from '../kinds';
import { asks, tells, type Rule } from '../rule';
import { differences, pathText } from '../values';

/** What stands on a resource of a kind that is kept as it is, and which of its attributes are words for people. */
interface Kept {
  readonly kind: Kind;
  readonly severity: 'loss' | 'outage';
  readonly why: string;
  readonly words: readonly string[];
}

const keeps = (name: string, { kind, severity, why, words }: Kept): Rule =>
  asks(name, severity, (change) => {
    if (change.kind !== kind || !['update', 'delete', 'replace', 'forget'].includes(change.action)) return [];
    const changed = change.action === 'update' ? differences(change.before, change.after).filter(([first]) => !words.includes(String(first))) : [];
    if (change.action === 'update' && changed.length === 0) return [];
    const what = changed.length > 0 ? `: ${changed.map((path) => `${pathText(path)} ${shown(change, path)}`).join(', ')}` : '';
    return [{ problem: `this would ${change.action} the ${kind} ${idOf(change)}${what}; ${why}`, remedy: 'leave it as it is' }];
  });

const idOf = ({ before, name }: Change): string => String(before?.id ?? before?.name ?? name);

/** Backups must go on. */
export const changesBackup = keeps('changes-backup', {
  kind: 'backup job',
  severity: 'loss',
  why: 'guests may be left without backups, or old ones be pruned',
  words: ['notes_template', 'mailto', 'mailnotification', 'comment'],
});

/** Whoever works with a right goes on doing so, Terraform among them. */
export const changesRight = keeps('changes-right', {
  kind: 'right',
  severity: 'outage',
  why: 'whoever works with it, Terraform among them, may be locked out',
  words: ['comment', 'email', 'first_name', 'last_name'],
});

/** The walls stay. */
export const changesFirewall = keeps('changes-firewall', { kind: 'firewall', severity: 'outage', why: 'the host or a guest may stand open, or be cut off', words: ['comment'] });

/** The host's own network stays: each change reloads all of it. */
export const changesBridge = keeps('changes-bridge', {
  kind: 'network',
  severity: 'outage',
  why: "the host's network is loaded again, and everything on it may be cut off",
  words: ['comment'],
});

/** Pools stay: backup jobs and rights may go by them. */
export const changesPool = keeps('changes-pool', { kind: 'pool', severity: 'outage', why: 'backup jobs and rights may go by the pool', words: ['comment'] });

const TOLD: readonly Kind[] = ['harmless', 'provisioner'];

/** A resource that Terraform would no longer know, though it does nothing to it. */
export const forgetsResource = tells('forgets-resource', (change) => (TOLD.includes(change.kind) && change.action === 'forget' ? ['it stays, and Terraform no longer knows it'] : []));

const OPENS: readonly Kind[] = ['right', 'firewall', 'network', 'backup job', 'pool'];

/** What opens a door, or reloads the host's network, when it is made. */
export const makesKept = tells('makes-kept', (change) => (OPENS.includes(change.kind) && change.action === 'create' ? [`a new ${change.kind}`] : []));

/** A guest that was removed past Terraform is made anew, empty. */
export const makesAgain = tells('makes-again', (change) =>
  isGuest(change) && change.action === 'create' && change.drift?.before && !change.drift.after ? ['the guest was removed past Terraform; it is made anew, and its root disk is empty'] : [],
);
