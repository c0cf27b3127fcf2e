import { Refusal } from '../../common/refusal';
import { changesOf, guestText, isGuest, shown, type Change } from '../../review/change';
import type { PlanJson } from '../../review/plan-json';
import { isStateOnly } from '../../review/rules/imports-guest';
import { differences, pathText, valueAt, valueText, type Path } from '../../review/values';

/** What of the definition says an attribute of a container, and how its value is written there. */
const FIELDS: readonly (readonly [attribute: RegExp, field: string])[] = [
  [/^memory\[0\]\.dedicated$/, 'memoryMiB'],
  [/^memory\[0\]\.swap$/, 'swapMiB'],
  [/^cpu\[0\]\.cores$/, 'cores'],
  [/^cpu\[0\]\.limit$/, 'cpuLimit'],
  [/^cpu\[0\]\.units$/, 'cpuUnits'],
  [/^disk\[0\]\.size$/, 'rootDisk.sizeGiB'],
  [/^disk\[0\]\.datastore_id$/, 'rootDisk.storage'],
  [/^initialization\[0\]\.hostname$/, 'hostName'],
  [/^initialization\[0\]\.dns/, 'nameservers, searchDomain'],
  [/^initialization\[0\]\.ip_config\[(\d+)\]\.ipv4\[0\]\.address$/, 'cards[$1].ipv4'],
  [/^initialization\[0\]\.ip_config\[(\d+)\]\.ipv4\[0\]\.gateway$/, 'cards[$1].gateway'],
  [/^initialization\[0\]\.ip_config\[(\d+)\]/, 'cards[$1]'],
  [/^network_interface\[(\d+)\]\.mac_address$/, 'cards[$1].macAddress'],
  [/^network_interface\[(\d+)\]\.vlan_id$/, 'cards[$1].vlanTag'],
  [/^network_interface\[(\d+)\]/, 'cards[$1]'],
  [/^(tags|description|protection|unprivileged)/, '$1'],
  [/^start_on_boot$/, 'startOnBoot'],
  [/^startup/, 'start'],
];

/**
 * Holds an adoption to what it is: something comes into the state, and nothing is made, changed, restarted or destroyed.
 * @throws Refusal naming each resource, attribute, its value now, the one it would get, and what keeps it
 */
export function requireImportOnly(plan: PlanJson): void {
  const problems = changesOf(plan).flatMap(problemsOf);
  if (problems.length > 0) throw new Refusal(`this would not only take over; nothing was taken over\n  ${problems.join('\n  ')}`, 'write what is there now into the definition, or leave the guest known, then: make synth');
}

function problemsOf(change: Change): string[] {
  if (change.action === 'none') return [];
  const who = isGuest(change) ? guestText(change) : change.address;
  if (!change.isImport) return [`${change.address} would ${change.action}`];
  const changed = differences(change.before, change.after).filter((path) => !isStateOnly(path));
  if (change.action === 'update') return changed.map((path) => `${who}: ${line(change, path)}`);
  const because = change.replacing.length > 0 ? change.replacing : changed;
  return because.length > 0 ? because.map((path) => `${who} would be destroyed and made anew: ${line(change, path)}`) : [`${who} would ${change.action}`];
}

function line(change: Change, path: Path): string {
  const text = pathText(path);
  const row = FIELDS.find(([form]) => form.test(text));
  const field = row && isGuest(change) ? text.replace(new RegExp(`${row[0].source}.*`), row[1]) : undefined;
  const keep = field === undefined ? onHost(change, path) : `to keep it: ${field}: ${valueText(valueAt(change.before, path))}`;
  return `${text} ${shown(change, path)}; ${keep}`;
}

/** Settings of a storage by their Terraform names. */
const STORAGE: Readonly<Record<string, string>> = { content: 'content', nodes: 'nodes', thin_provision: 'sparse' };

/** What the definition cannot keep may be made the same by hand, where that touches no data. */
function onHost({ kind, before, after }: Change, [first]: Path): string {
  const option = kind === 'storage' ? STORAGE[String(first)] : undefined;
  if (option === undefined) return 'no field of the definition keeps it';
  const wanted = after?.[String(first)];
  return `make it so on the host, which touches no data: pvesm set ${String(before?.id)} --${option} ${Array.isArray(wanted) ? wanted.join(',') : Number(wanted)}`;
}

/** What a plan would do to what it knows, for a person; empty when it does nothing. */
export const deedsOf = (plan: PlanJson): string[] => changesOf(plan).filter(({ action }) => action !== 'none').map(({ address, action }) => `${address} would ${action}`);
