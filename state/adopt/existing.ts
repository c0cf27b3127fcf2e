import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { Refusal, WrongUsage } from '../../common/refusal';
import { readHost, type HostContents } from '../host';
import type { Site, StackName } from '../site';
import type { Snapshot } from '../snapshot';
import { sshToHost } from '../ssh';

/** Something of the definition that may be on the host before Terraform knows it. */
export interface Existing {
  /** Address in the stack. */
  readonly address: string;
  /** What the provider imports it by. */
  readonly id: string;
}

/** What is to be taken over, and what stands around it. */
export interface Adoption {
  readonly importing: readonly Existing[];
  /** Addresses that the state has. */
  readonly inState: ReadonlySet<string>;
  readonly host: HostContents;
}

const LIST_STORAGES = 'pvesh get /storage --output-format json';

/** What the definition says may be there, by stack. @throws Refusal naming the command that writes it down */
function readManifest(site: Site, stack: StackName): Existing[] {
  const path = join(site.root, 'cdktf.out', 'adopt', 'manifest.json');
  if (!existsSync(path)) throw new Refusal(`'${path}' is not there; write it with: make synth`);
  return (JSON.parse(readFileSync(path, 'utf8')) as Record<StackName, Existing[]>)[stack];
}

/** Addresses of what a state holds, without those of data. */
export function addressesIn(snapshot: Snapshot | undefined): Set<string> {
  const resources = (snapshot?.resources ?? []) as { readonly mode?: string; readonly type?: string; readonly name?: string }[];
  return new Set(resources.filter(({ mode }) => mode !== 'data').map(({ type, name }) => `${type}.${name}`));
}

/**
 * Looks for what a stack may take over: defined, on the host, and not in the state.
 * @param only names to take, in place of all
 * @throws Refusal when one of the names is not there to be taken
 */
export function findExisting(site: Site, stack: StackName, snapshot: Snapshot | undefined, only: readonly string[]): Adoption {
  const inState = addressesIn(snapshot);
  const host = readHost(site);
  const guests = new Set(host.guests.map(({ vmid }) => vmid));
  const defined = readManifest(site, stack);
  const storages = defined.some(({ address }) => isStorage(address)) ? readStorages(site) : new Set<string>();
  const isThere = ({ address, id }: Existing) => (isStorage(address) ? storages.has(id) : guests.has(Number(id.split('/').at(-1))));
  const unknown = only.filter((name) => !defined.some((existing) => nameOf(existing) === name));
  if (unknown.length > 0) throw new WrongUsage(`'${unknown.join("', '")}' is nothing that '${stack}' could take over; there are ${defined.map(nameOf).join(', ') || 'none'}`);
  const wanted = defined.filter((existing) => only.length === 0 || only.includes(nameOf(existing)));
  const gone = only.length === 0 ? [] : wanted.filter((existing) => !inState.has(existing.address) && !isThere(existing));
  if (gone.length > 0) throw new Refusal(`${gone.map(({ address, id }) => `${address} (${id})`).join(', ')} is not on the host; nothing was taken over`);
  return { importing: wanted.filter((existing) => !inState.has(existing.address) && isThere(existing)), inState, host };
}

/** Last part of an address. */
export const nameOf = ({ address }: Pick<Existing, 'address'>): string => address.slice(address.indexOf('.') + 1);

const isStorage = (address: string): boolean => address.startsWith('proxmox_storage_');

function readStorages(site: Site): Set<string> {
  const remedy = `it answers '${LIST_STORAGES}' with a list`;
  let list: unknown;
  try {
    list = JSON.parse(sshToHost(site, LIST_STORAGES).toString());
  } catch (error) {
    if (error instanceof Refusal) throw error;
    list = undefined;
  }
  if (!Array.isArray(list)) throw new Refusal('the list of storages that was read from the host is no JSON list', remedy);
  return new Set(list.map(({ storage }: { storage?: unknown }) => String(storage)));
}
