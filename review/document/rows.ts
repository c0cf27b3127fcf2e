import { actionOf, doneIn, type Attributes, type PlanJson, type ResourceChange } from '../plan-json';
import type { Finding } from '../finding';
import type { HostChanges } from './ansible-changes';
import type { GuestFacts, Summary } from './house-version';
import { valueChanges } from './plan-values';
import { valueChangeText } from './wording';

/** What happens to one service, or to something that is no service. */
export interface Row {
  readonly name: string;
  /** VMID as text; empty for what has none. */
  readonly id: string;
  /** Such as `changed`. */
  readonly action: Action;
  /** What changes, in words, one text each. */
  readonly changes: readonly string[];
  /** Whether it keeps running, is restarted, rebuilt, stopped. */
  readonly running: string;
  /** What becomes of its data. */
  readonly data: string;
}

/** What a row does, in one word. */
export type Action = 'made' | 'changed' | 'rebuilt' | 'removed' | 'configured' | 'left to itself';

/** Everything that rows are made of. */
export interface RowSource {
  readonly plans: readonly { readonly stack: string; readonly plan: PlanJson }[];
  readonly before: Summary | null;
  readonly after: Summary | null;
  readonly hosts: readonly HostChanges[];
  readonly findings: readonly Finding[];
}

/** The table: one row for each service that anything happens to, by VMID, then the resources that are no service. */
export function rowsOf(source: RowSource): Row[] {
  const changes = source.plans.flatMap(({ plan }) => doneIn(plan));
  const guests = new Map(changes.filter(isGuest).map((change) => [nameOf(change), change]));
  const touched = [...changes.filter((change) => change.type === 'null_resource').map(nameOf), ...source.hosts.filter(({ isGone }) => !isGone).map(({ host }) => host)];
  const known = new Set([...(source.before?.guests ?? []), ...(source.after?.guests ?? [])].map(({ name }) => name));
  const services = [...new Set([...guests.keys(), ...touched.filter((name) => known.has(name))])];
  const rows = services.map((name) => serviceRow(name, guests.get(name), source)).sort((a, b) => Number(a.id) - Number(b.id));
  const others = changes.filter((change) => !isGuest(change) && !/^(null_resource|local_file)$/.test(change.type));
  return [...rows, ...others.map(otherRow)];
}

const isGuest = ({ type }: ResourceChange): boolean => /_(container|vm|vm2|cloned_vm)$/.test(type);

const nameOf = ({ address }: ResourceChange): string => (address.split('.').pop() ?? address).replace(/\[.*$/, '');

function serviceRow(name: string, change: ResourceChange | undefined, source: RowSource): Row {
  const [was, is] = [source.before, source.after].map((summary) => summary?.guests.find((guest) => guest.name === name));
  const host = source.hosts.find((candidate) => candidate.host === name);
  const values = change?.change.after ?? change?.change.before;
  const action = change ? actionWord(change) : 'configured';
  return {
    name,
    id: String(vmid(values) ?? is?.vmId ?? was?.vmId ?? ''),
    action,
    changes: [...(change && change.change.before !== null && change.change.after !== null ? valueChanges(change).map(valueChangeText) : []), ...ansibleWords(host, action)],
    running: runningWord(name, action, source.findings, change),
    data: dataWord(action, was, is, source.findings.some(({ subject, severity }) => severity === 'loss' && subject === name)),
  };
}

const vmid = (values: Attributes | null | undefined): unknown => values?.vm_id ?? undefined;

function actionWord(change: ResourceChange): Action {
  if ((change.change.actions as readonly string[]).includes('forget')) return 'left to itself';
  return ({ create: 'made', update: 'changed', replace: 'rebuilt', delete: 'removed', none: 'configured' } as Record<string, Action>)[actionOf(change)] ?? 'changed';
}

function ansibleWords(host: HostChanges | undefined, action: Action): string[] {
  if (action === 'removed') return [];
  if (action === 'made') return ['its playbook runs for the first time'];
  const counted = (host?.variables.length ?? 0) + (host?.byRoot.length ?? 0) + (host?.rolesAdded.length ?? 0);
  return [counted > 0 ? `its playbook runs, ${counted} difference${counted > 1 ? 's' : ''} below` : 'its playbook runs again'];
}

function runningWord(name: string, action: Action, findings: readonly Finding[], change: ResourceChange | undefined): string {
  if (action === 'made') return 'starts';
  if (action === 'removed') return 'stops for good';
  if (action === 'rebuilt') return 'stops, is made anew';
  if (change?.change.before?.started !== false && change?.change.after?.started === false) return 'stops';
  if (findings.some(({ subject, severity, rule }) => subject === name && severity === 'outage' && /restart|attach/.test(rule))) return 'restarts';
  return action === 'configured' ? 'its service may restart' : 'keeps running';
}

function dataWord(action: Action, was: GuestFacts | undefined, is: GuestFacts | undefined, isLost: boolean): string {
  const stays = (was?.volumes ?? []).map(({ dataset }) => dataset);
  if (action === 'made') return is?.disposable !== undefined ? 'none to keep' : 'new volumes';
  if (action === 'removed' || action === 'rebuilt') {
    const root = 'root disk lost';
    return stays.length > 0 ? `${root}; stays on the pool: ${stays.join(', ')}` : was?.disposable !== undefined ? `${root}; declared disposable` : root;
  }
  return isLost ? 'at risk, see above' : 'kept';
}

function otherRow(change: ResourceChange): Row {
  const action = actionWord(change);
  return { name: change.address, id: '', action, changes: change.change.before && change.change.after ? valueChanges(change).map(valueChangeText) : [], running: '', data: '' };
}
