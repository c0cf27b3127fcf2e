import { Refusal } from '../common/refusal';
import { explainFailure } from './failure';
import type { ObjectStore } from './object-store';
import { readObject } from './s3';
import { readStack, s3Block, type Site, type StackName } from './site';

/** A state that this house did not write, as whoever can write to the object store may put there. */
export class ForeignState extends Refusal {}

/** Terraform's own provider, which is a part of it. */
export const TERRAFORMS_OWN = 'terraform.io/builtin/terraform';
/** Where Terraform and OpenTofu look for a provider whose source names no registry. */
const REGISTRIES = ['registry.terraform.io', 'registry.opentofu.org'];

/** Terraform takes keys in any case and the last of two: what is not exactly its own form is not read any further. */
const STATE_KEYS = new Set(['version', 'terraform_version', 'serial', 'lineage', 'outputs', 'resources', 'check_results']);
const RESOURCE_KEYS = new Set(['module', 'mode', 'type', 'name', 'each', 'provider', 'instances']);
const STRING = /"[^"\\]*(?:\\.[^"\\]*)*"(\s*:)?/g;

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Keys in a value and all that it holds. */
function countKeys(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const parts = Object.values(value);
  return parts.reduce<number>((sum, part) => sum + countKeys(part), Array.isArray(value) ? 0 : parts.length);
}

/** A state's JSON. @throws ForeignState when Terraform could read another one in the same text */
function parse(text: string, where: string): Json {
  let state: unknown;
  try {
    state = JSON.parse(text);
  } catch (error) {
    throw new ForeignState(`the state in ${where} is no JSON: ${(error as Error).message}`);
  }
  if (!isObject(state) || state.version !== 4) throw new ForeignState(`the state in ${where} is not of version 4, the only one that Terraform writes`);
  const written = [...text.matchAll(STRING)].filter(([, colon]) => colon !== undefined).length;
  if (written !== countKeys(state)) throw new ForeignState(`the state in ${where} has a key twice, which Terraform never writes`);
  requireKeys(state, STATE_KEYS, where);
  return state;
}

function requireKeys(value: Json, known: ReadonlySet<string>, where: string): void {
  const unknown = Object.keys(value).filter((key) => !known.has(key));
  if (unknown.length > 0) throw new ForeignState(`the state in ${where} has the key '${unknown.join("', '")}', which Terraform never writes there`);
}

/** Address of a resource's provider, or its words when they are none. */
function providerOf(resource: unknown, where: string): string {
  if (!isObject(resource)) throw new ForeignState(`the state in ${where} holds a resource that is none`);
  requireKeys(resource, RESOURCE_KEYS, where);
  const words = String(resource.provider);
  return /^(?:module\.[\w.-]+\.)?provider\["([^"]+)"\](?:\.[\w-]+)?$/.exec(words)?.[1] ?? words;
}

/** Pinned versions of the providers that a synthesized stack requires, by full address. */
export function addressesOf(stack: Json): ReadonlyMap<string, string | undefined> {
  const { required_providers: required = {} } = (stack.terraform ?? {}) as { required_providers?: Readonly<Record<string, { readonly source?: string; readonly version?: string }>> };
  const full = Object.entries(required).flatMap(([name, { source = name, version }]) => {
    const parts = source.split('/');
    return REGISTRIES.map((registry) => [[...[registry, 'hashicorp'].slice(0, 3 - parts.length), ...parts].join('/'), version] as const);
  });
  return new Map(full);
}

/** Full addresses of the providers that a synthesized stack requires, and of Terraform's own. */
export function ownProviders(stack: Json): ReadonlySet<string> {
  return new Set([TERRAFORMS_OWN, ...addressesOf(stack).keys()]);
}

/**
 * Refuses a state before Terraform is told of it: `init` installs every provider that a state names, and `plan` runs
 * it with the house's keys.
 * @param where for the message
 * @throws ForeignState naming the providers that are not among `own`
 */
export function requireOwnProviders(text: string, own: ReadonlySet<string>, where: string): void {
  const { resources = [] } = parse(text, where);
  if (!Array.isArray(resources)) throw new ForeignState(`the state in ${where} has no list of resources`);
  const strange = new Set(resources.map((resource) => providerOf(resource, where)).filter((provider) => !own.has(provider)));
  if (strange.size > 0) throw new ForeignState(`the state in ${where} names the provider '${[...strange].join("', '")}', which is none of this house's`);
}

/**
 * The state of a stack as the object store has it, read without Terraform.
 * @param bucket where it is. @default - where the stack says
 * @returns undefined when there is none
 * @throws ForeignState when it is not one that this house's Terraform wrote, Refusal when the object store cannot be used
 */
export async function readOwnState(site: Site, stack: StackName, store: ObjectStore, bucket = s3Block(site, stack).bucket): Promise<string | undefined> {
  const { key } = s3Block(site, stack);
  const text = await readObject(store, bucket, key).catch((error: unknown) => {
    if (!(error instanceof Refusal)) throw error;
    const meaning = explainFailure(stack, error.message);
    throw new Refusal(`reading the state of '${stack}' failed${meaning ? `: ${meaning}` : ''}\n${error.message}`);
  });
  if (!text?.trim()) return undefined;
  try {
    requireOwnProviders(text, ownProviders(readStack(site, stack)), `the object store, stack '${stack}'`);
  } catch (error) {
    if (!(error instanceof ForeignState)) throw error;
    throw new ForeignState(`${error.problem}; Terraform was not run`, `somebody else wrote it: read docs/state/foreign-state.md, then: ./house state versions ${stack}`);
  }
  return text;
}
