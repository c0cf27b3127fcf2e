import { parse } from 'yaml';
import type { HouseVersion } from './house-version';
import { leafChanges, type LeafChange } from './leaf-changes';

/** What Ansible is told differently about one host. */
export interface HostChanges {
  /** Name in the inventory; `all` for what holds for every host. */
  readonly host: string;
  readonly isNew: boolean;
  readonly isGone: boolean;
  readonly variables: readonly LeafChange[];
  /** Roles that are played now and were not. */
  readonly rolesAdded: readonly string[];
  readonly rolesGone: readonly string[];
  /** What root on the host does for this guest, past the API. */
  readonly byRoot: readonly LeafChange[];
}

const HOST_FILE = /^inventories\/host_vars\/(.+)\.yml$/;

/** The differences in emitted Ansible, by host. */
export function hostChanges(before: HouseVersion, after: HouseVersion): HostChanges[] {
  const hosts = [...new Set([...hostsOf(before), ...hostsOf(after)])].sort();
  const machine = (after.summary ?? before.summary)?.host.name;
  return [oneHost('all', 'inventories/group_vars/all.yml', before, after, machine), ...hosts.map((host) => oneHost(host, hostFile(host), before, after, machine))].filter(
    ({ isNew, isGone, variables, rolesAdded, rolesGone, byRoot }) => isNew || isGone || [variables, rolesAdded, rolesGone, byRoot].some((list) => list.length > 0),
  );
}

const hostsOf = ({ ansible }: HouseVersion): string[] => [...ansible.keys()].flatMap((path) => HOST_FILE.exec(path)?.[1] ?? []);

const hostFile = (host: string): string => `inventories/host_vars/${host}.yml`;

function oneHost(host: string, file: string, before: HouseVersion, after: HouseVersion, machine: string | undefined): HostChanges {
  const [was, is] = [before, after].map(({ ansible }) => ansible.get(file));
  const [played, plays] = [before, after].map((version) => playsOf(version, host, machine));
  return {
    host,
    isNew: was === undefined && is !== undefined,
    isGone: was !== undefined && is === undefined,
    variables: leafChanges(yaml(was), yaml(is)),
    rolesAdded: [...plays.guest.keys()].filter((role) => !played.guest.has(role)),
    rolesGone: [...played.guest.keys()].filter((role) => !plays.guest.has(role)),
    byRoot: leafChanges(Object.fromEntries(played.root), Object.fromEntries(plays.root)),
  };
}

const yaml = (text: string | undefined): unknown => (text === undefined ? {} : (parse(text, { version: '1.1' }) ?? {}));

interface Play {
  readonly hosts?: string;
  readonly tasks?: readonly Task[];
}

interface Task {
  readonly 'ansible.builtin.import_role'?: { readonly name: string };
  readonly vars?: unknown;
}

/** Roles that a guest's playbook plays on the guest, and those it plays on the machine, with their variables. */
function playsOf({ ansible }: HouseVersion, host: string, machine: string | undefined): Record<'guest' | 'root', Map<string, unknown>> {
  const plays = yaml(ansible.get(host === machine ? 'playbooks/metal.yml' : `playbooks/guests/${host}.yml`));
  const found = { guest: new Map<string, unknown>(), root: new Map<string, unknown>() };
  for (const { hosts, tasks } of Array.isArray(plays) ? (plays as Play[]) : []) {
    for (const task of tasks ?? []) {
      const role = task['ansible.builtin.import_role']?.name;
      if (role !== undefined) found[hosts === host ? 'guest' : 'root'].set(role, task.vars ?? {});
    }
  }
  return found;
}

/** What changed in the code of one hand-written role. */
export interface RoleChange {
  readonly role: string;
  /** Hosts that play it. */
  readonly hosts: readonly string[];
  /** In words, such as `task 'Install the package' is new`. */
  readonly changes: readonly string[];
}

/** The differences in hand-written roles that some host plays. */
export function roleChanges(before: HouseVersion, after: HouseVersion): RoleChange[] {
  const files = [...new Set([...before.roles.keys(), ...after.roles.keys()])].filter((path) => before.roles.get(path) !== after.roles.get(path)).sort();
  const roles = [...new Set(files.map((path) => path.split('/')[0]))];
  return roles.map((role) => ({
    role,
    hosts: hostsOf(after).filter((host) => {
      const { guest, root } = playsOf(after, host, after.summary?.host.name);
      return guest.has(role) || root.has(role);
    }),
    changes: files.filter((path) => path.startsWith(`${role}/`)).flatMap((path) => fileChanges(path.slice(role.length + 1), before.roles.get(path), after.roles.get(path))),
  }));
}

function fileChanges(file: string, was: string | undefined, is: string | undefined): string[] {
  if (!/^(tasks|handlers)\//.test(file)) return [`${file} ${was === undefined ? 'is new' : is === undefined ? 'is gone' : 'differs'}`];
  const [old, fresh] = [was, is].map(tasksByName);
  const all = [...new Set([...old.keys(), ...fresh.keys()])];
  const words = all.flatMap((name) => {
    if (old.get(name) === fresh.get(name)) return [];
    return [`task '${name}' ${!old.has(name) ? 'is new' : !fresh.has(name) ? 'is gone' : 'does something else'}`];
  });
  return words.length > 0 ? words : [`${file} differs, but no task in it`];
}

function tasksByName(text: string | undefined): Map<string, string> {
  const tasks = text === undefined ? [] : yaml(text);
  return new Map((Array.isArray(tasks) ? tasks : []).map((task, index) => [String((task as { name?: string })?.name ?? `number ${index + 1}`), JSON.stringify(task)]));
}
