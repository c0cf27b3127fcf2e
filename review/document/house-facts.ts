import type { HostChanges } from './ansible-changes';
import type { HouseVersion, Summary } from './house-version';
import { changeText, valueText } from './leaf-changes';

/** One line of the capacity table. */
export interface CapacityRow {
  readonly what: string;
  readonly before: string;
  readonly after: string;
  readonly limit: string;
}

const GAUGES = { memory: 'memory', cpu: 'cores promised', pool: 'pool' } as const;

/** What the house takes before and after, against what there is; empty when a version does not say. */
export function capacityRows(before: Summary | null, after: Summary | null): CapacityRow[] {
  if (!before || !after) return [];
  return (Object.keys(GAUGES) as (keyof typeof GAUGES)[]).map((key) => {
    const [was, is] = [before.capacity[key], after.capacity[key]];
    const amount = (value: number): string => `${Math.round(value * 10) / 10} ${is.unit}`;
    return { what: GAUGES[key], before: amount(was.promised), after: amount(is.promised), limit: amount(is.limit) };
  });
}

/** VMIDs and addresses that are added, freed, or go from one service to another. */
export function identityLines(before: Summary | null, after: Summary | null): string[] {
  if (!before || !after) return [];
  return [...moves('VMID', owners(before, 'vmId'), owners(after, 'vmId')), ...moves('address', owners(before, 'address'), owners(after, 'address'))];
}

const owners = (summary: Summary, key: 'vmId' | 'address'): Map<string, string> =>
  new Map([...(key === 'vmId' ? [[String(summary.template.vmId), summary.template.name] as const] : []), ...summary.guests.map((guest) => [String(guest[key]), guest.name] as const)]);

function moves(what: string, before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string[] {
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((id) => {
    const [was, is] = [before.get(id), after.get(id)];
    if (was === is) return [];
    if (was === undefined) return [`${what} ${id} is added for ${is}`];
    return [is === undefined ? `${what} ${id} is freed by ${was}` : `${what} ${id} is reused: ${was} had it, ${is} gets it`];
  });
}

/** Rights that the API token gains or loses. */
export const privilegeLines = (hosts: readonly HostChanges[]): string[] =>
  hosts.flatMap(({ variables }) => variables.filter(({ path }) => /^pve_init_api_/.test(path)).map((change) => changeText(change.path, change)));

/** What no API token may do: root on the host does it, through Ansible. */
export const rootLines = (hosts: readonly HostChanges[]): string[] =>
  hosts.filter(({ isGone }) => !isGone).flatMap(({ host, byRoot }) => byRoot.map((change) => `${host}, ${changeText(change.path, change)}`));

/** Secrets that are new, gone or missing, with how they come to be. */
export function secretLines(before: HouseVersion, after: HouseVersion): string[] {
  const had = new Set(before.secrets.map(({ name }) => name));
  const has = new Set(after.secrets.map(({ name }) => name));
  const fresh = after.secrets.filter(({ name }) => !had.has(name));
  const lines = fresh.map(({ name, usedBy, howToMake }) => {
    const way = howToMake.kind === 'ask' ? `to be given: ${howToMake.hint ?? ''}` : 'make secrets makes it';
    return `${name} is new, for ${usedBy.join(', ')}; ${after.known.includes(name) ? 'it is there' : `missing, ${way}`}`;
  });
  return [...lines, ...before.secrets.filter(({ name }) => !has.has(name)).map(({ name, usedBy }) => `${name} is not used any more, was for ${usedBy.join(', ')}`)];
}

/** The differences of one host in words. */
export function hostLines({ isNew, isGone, variables, rolesAdded, rolesGone }: HostChanges): string[] {
  if (isGone) return ['is not in the inventory any more'];
  if (isNew) return [`is new in the inventory; plays ${valueText(rolesAdded)}`];
  return [
    ...rolesAdded.map((role) => `plays the role ${role} now`),
    ...rolesGone.map((role) => `does not play the role ${role} any more`),
    ...variables.map((change) => changeText(change.path, change)),
  ];
}
