import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

import { Refusal } from '../common/refusal';
import { exampleStore, ownStore, refuseExample, type SecretStore } from '../secrets/store';

/** The stacks whose state is kept, in the order in which they are applied. */
export const STACKS = ['foundation', 'services'] as const;
/** Name of one of them. */
export type StackName = (typeof STACKS)[number];

/** Terraform's `s3` backend block, as synthesized. */
export interface S3Block {
  readonly bucket: string;
  readonly key: string;
  readonly endpoints: { readonly s3: string };
  readonly [setting: string]: unknown;
}

/** Where states, secrets and working folders of one kind of run are. */
export interface Site {
  readonly kind: 'rehearsal' | 'real';
  /** Folder of the project. */
  readonly root: string;
  /** Git-ignored folder for local states, working folders, journal and copies. */
  readonly base: string;
  readonly secrets: SecretStore;
}

/** A rehearsal keeps to a folder and to secrets of its own; a real run refuses secrets that everybody can open. */
export function openSite(root: string, kind: Site['kind']): Site {
  if (kind === 'rehearsal') return { kind, root, base: join(root, '.state', 'rehearsal'), secrets: exampleStore(root) };
  const secrets = ownStore(root);
  refuseExample(secrets);
  return { kind, root, base: join(root, '.state'), secrets };
}

/** Makes a folder that only its owner can look into: a state holds secrets in clear text. */
export function privateFolder(path: string): string {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  return path;
}

/** Path of a stack's local state. */
export function localState(site: Site, stack: StackName): string {
  return join(site.base, `${stack}.tfstate`);
}

/** Path of the certificate that the object store's own is checked against. */
export function authorityPath(site: Site): string {
  return join(site.base, 'ca.pem');
}

/** Folder of a synthesized stack. */
export function stackFolder(site: Site, stack: StackName): string {
  return join(site.root, 'cdktf.out', 'stacks', stack);
}

/** A synthesized stack, parsed. @throws Refusal naming the command that writes it */
export function readStack(site: Site, stack: StackName): Record<string, unknown> {
  const path = join(stackFolder(site, stack), 'cdk.tf.json');
  if (!existsSync(path)) throw new Refusal(`'${path}' is not there; write it with: make synth`);
  return JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
}

/** The backend block of a stack, which says where the object store is. @throws Refusal for another backend */
export function s3Block(site: Site, stack: StackName): S3Block {
  const { terraform } = readStack(site, stack) as { terraform?: { backend?: { s3?: S3Block } } };
  const block = terraform?.backend?.s3;
  if (!block) throw new Refusal(`stack '${stack}' is synthesized without the s3 backend; write it with: HOMELAB_STATE_BACKEND=s3 make synth`);
  return block;
}

/** The guest that keeps the state, as the definition emits it. */
export interface StoreFacts {
  /** Its name, and that of its playbook. */
  readonly guest: string;
  /** Role that installs its object store. */
  readonly role: string;
  /** Where the host keeps copies of the state: next to the guests' backups, and only while the pool is mounted. @default - synthesized before it was said */
  readonly copies?: { readonly pool: string; readonly folder: string };
  /** Where the definition says that the state was. @default - it does not move */
  readonly formerly?: { readonly endpoint: string; readonly bucket: string };
}

/** Reads which guest keeps the state. @throws Refusal naming the command that writes it down */
export function readStoreFacts(site: Site): StoreFacts {
  const path = join(site.root, 'cdktf.out', 'ansible', 'store.json');
  if (!existsSync(path)) throw new Refusal(`'${path}' is not there; write it with: make synth`);
  return JSON.parse(readFileSync(path, 'utf8')) as StoreFacts;
}

/** Folder of the emitted Ansible tree. */
export function ansibleFolder(site: Site): string {
  return join(site.root, 'cdktf.out', 'ansible');
}

/** Name and address of the host that runs Proxmox VE: the machine of the inventory's group `metal`. */
export function hostOf(site: Site): { readonly name: string; readonly address: string } {
  const path = join(ansibleFolder(site), 'inventories', 'prod.yml');
  if (!existsSync(path)) throw new Refusal(`'${path}' is not there; write it with: make synth`);
  const inventory = parse(readFileSync(path, 'utf8')) as { all?: { children?: { metal?: { hosts?: Record<string, { ansible_host?: string }> } } } };
  const [[name, host] = []] = Object.entries(inventory.all?.children?.metal?.hosts ?? {});
  if (!name || !host?.ansible_host) throw new Refusal(`'${path}' has no machine with an address in the group 'metal'; write it with: make synth`);
  return { name, address: host.ansible_host };
}

/** Address of the host that runs Proxmox VE. */
export const hostAddress = (site: Site): string => hostOf(site).address;
