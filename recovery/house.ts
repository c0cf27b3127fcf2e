import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parse } from 'yaml';

import { Refusal } from '../common/refusal';
import { readGuests, readStateGuest, type Guest, type StateGuest } from '../state/stacks';

/** What a rebuild has to know of the house, read from what `make synth` wrote. */
export interface House {
  /** Inventory of Ansible. */
  readonly inventory: string;
  /** Whether it is the one of this project, whose Terraform and secrets may then be used. */
  readonly own: boolean;
  /** Name of the host in it. */
  readonly node: string;
  /** Address of the host, without prefix. */
  readonly address: string;
  /** Roles of the host's play, in order; undefined when there is no play beside the inventory. */
  readonly roles: readonly string[] | undefined;
  /** Containers that Terraform knows; undefined when there are no stacks, and then the inventory names them. */
  readonly guests: readonly Guest[] | undefined;
  /** Ids of those that start with the host. */
  readonly startingGuests: readonly number[];
  /** Container that holds Terraform's state. @default - the state is elsewhere */
  readonly stateGuest?: StateGuest;
  /** Name of the pool of the data disks. */
  readonly pool: string;
  /** User and name of Terraform's API token, as in `terraform@pve!iac`. */
  readonly token: string;
}

interface Inventory {
  readonly all?: { readonly children?: { readonly metal?: { readonly hosts?: Readonly<Record<string, { readonly ansible_host?: string } | null>> } } };
}

/**
 * Reads a house from an inventory: its group `metal` has the host, `../playbooks/metal.yml` the host's roles, and
 * `../../stacks` the guests. An inventory of a drill may come without the last two.
 * @throws Refusal naming what is missing
 */
export function readHouse(root: string, otherInventory?: string): House {
  const inventory = resolve(root, otherInventory ?? 'cdktf.out/ansible/inventories/prod.yml');
  const remedy = otherInventory ? 'give the path of an inventory' : 'write it with: make synth';
  if (!existsSync(inventory)) throw new Refusal(`'${inventory}' is not there; ${remedy}`);
  const hosts = Object.entries((readYaml(inventory) as Inventory | null)?.all?.children?.metal?.hosts ?? {});
  const [node, settings] = hosts[0] ?? [];
  if (!node || !settings?.ansible_host || hosts.length > 1) {
    throw new Refusal(`'${inventory}' must have one machine with an address in the group 'metal', got ${hosts.length}; ${remedy}`);
  }
  const folder = dirname(inventory);
  const stacks = resolve(folder, '..', '..', 'stacks');
  if (!otherInventory && !existsSync(stacks)) throw new Refusal(`'${stacks}' is not there; write it with: make synth`);
  const guests = existsSync(stacks) ? readGuests(stacks) : undefined;
  return {
    inventory,
    own: otherInventory === undefined,
    node,
    address: settings.ansible_host,
    roles: readRoles(resolve(folder, '..', 'playbooks', 'metal.yml')),
    guests: guests?.map(({ vmid, name }) => ({ vmid, name })),
    startingGuests: (guests ?? []).filter(({ startsWithHost }) => startsWithHost).map(({ vmid }) => vmid),
    stateGuest: guests && readStateGuest(stacks, guests),
    ...readHostVariables(join(folder, 'host_vars', `${node}.yml`)),
  };
}

function readYaml(path: string): unknown {
  try {
    return parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new Refusal(`'${path}' cannot be read: ${(error as Error).message}`);
  }
}

interface Task {
  readonly [module: string]: { readonly name?: string } | undefined;
}

function readRoles(playbook: string): string[] | undefined {
  if (!existsSync(playbook)) return undefined;
  const plays = readYaml(playbook) as { readonly tasks?: readonly Task[] }[];
  return plays.flatMap(({ tasks = [] }) => tasks.flatMap((task) => task['ansible.builtin.import_role']?.name ?? []));
}

function readHostVariables(hostVariables: string): Pick<House, 'pool' | 'token'> {
  const variables = existsSync(hostVariables) ? (readYaml(hostVariables) as Record<string, string>) : {};
  // What is not said is as the roles have it.
  const token = `${variables.pve_init_api_user ?? 'terraform@pve'}!${variables.pve_init_api_token ?? 'iac'}`;
  return { pool: variables.zfs_setup_pool ?? 'tank', token };
}
