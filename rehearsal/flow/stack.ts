import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Refusal } from '../../common/refusal';

/** A synthesized stack: its name, its folder and its Terraform configuration. */
export interface Stack {
  readonly name: string;
  readonly folder: string;
  readonly config: StackConfig;
}

/** The parts of Terraform's JSON configuration that the rehearsal reads or replaces. */
export interface StackConfig {
  terraform?: {
    backend?: Record<string, unknown>;
    required_providers?: Record<string, { source: string; version?: string; }>;
    [key: string]: unknown;
  };
  variable?: Record<string, { default?: unknown; type?: string; }>;
  resource?: Record<string, Record<string, ResourceConfig>>;
  data?: Record<string, Record<string, unknown>>;
  [key: string]: unknown;
}

/** One resource block. */
export interface ResourceConfig {
  lifecycle?: { prevent_destroy?: boolean; [key: string]: unknown; };
  provisioner?: unknown;
  protection?: boolean;
  [key: string]: unknown;
}

/** One provisioner of a resource. */
export interface Provisioner {
  /** Such as `local-exec`. */
  readonly kind: string;
  readonly content: { command?: string; working_dir?: string; };
}

/** The provisioners of a resource, in whichever of JSON's spellings they are written. */
export function provisioners({ provisioner }: ResourceConfig): Provisioner[] {
  const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : value ? [value] : []);
  return list(provisioner).flatMap((block) =>
    Object.entries(block as Record<string, unknown>).flatMap(([kind, contents]) =>
      list(contents).map((content) => ({ kind, content: content as Provisioner['content'] }))
    )
  );
}

/** Every resource of a stack. */
export const resourcesOf = ({ resource }: StackConfig): ResourceConfig[] =>
  Object.values(resource ?? {}).flatMap((resources) => Object.values(resources));

/** The resource that an address such as `type.name` stands for. */
export const resourceAt = ({ resource }: StackConfig, address: string): ResourceConfig | undefined => {
  const [type, name] = address.split('.');
  return resource?.[type]?.[name];
};

/** Addresses of the guests that Proxmox VE protects. */
export const protectedAddresses = ({ resource }: StackConfig): string[] =>
  Object.entries(resource ?? {}).flatMap(([type, resources]) =>
    Object.entries(resources)
      .filter(([, { protection }]) => protection === true)
      .map(([name]) => `${type}.${name}`)
  );

const FILE = 'cdk.tf.json';

/**
 * Reads the stacks below a folder, those that others depend on first.
 *
 * @param folder - Such as `cdktf.out/stacks`; each subfolder with a cdk.tf.json is a stack.
 * @throws Refusal when there is none, or one cannot be read.
 */
export function readStacks(folder: string): Stack[] {
  const names = existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, FILE)))
        .map((entry) => entry.name)
        .sort()
    : [];
  if (names.length === 0) {
    throw new Refusal(`${folder} has no stack with a ${FILE}`, 'synthesize first, or name the folder with --stack-dir');
  }
  return inOrder(names, dependencies(folder)).map((name) => ({
    name,
    folder: join(folder, name),
    config: readJson(join(folder, name, FILE)) as StackConfig,
  }));
}

/** Name of the image that no container is made of: those that name it were there before their house. */
const NEVER_MADE = 'adopted-guests-are-never-made';

/**
 * Stacks as they make a house from nothing: what was there before it, nobody makes, and no rehearsal has it.
 */
export const withoutAdopted = (stacks: readonly Stack[]): Stack[] => stacks.map((stack) => ({ ...stack, config: madeOf(stack.config) }));

function madeOf({ resource, ...rest }: StackConfig): StackConfig {
  const isMade = ({ operating_system: system }: ResourceConfig): boolean => !JSON.stringify(system ?? '').includes(NEVER_MADE);
  const made = Object.entries(resource ?? {}).map(([type, named]) => [type, Object.fromEntries(Object.entries(named).filter(([, config]) => isMade(config)))] as const);
  const left = made.filter(([, named]) => Object.keys(named).length > 0);
  return { ...rest, ...(left.length > 0 ? { resource: Object.fromEntries(left) } : {}) };
}

/** Dependencies between stacks as CDKTF wrote them beside the folder; none when there is no manifest. */
function dependencies(folder: string): ReadonlyMap<string, readonly string[]> {
  const path = join(dirname(folder), 'manifest.json');
  if (!existsSync(path)) return new Map();
  const manifest = readJson(path) as { stacks?: Record<string, { dependencies?: string[]; }>; };
  return new Map(Object.entries(manifest.stacks ?? {}).map(([name, stack]) => [name, stack.dependencies ?? []]));
}

function inOrder(names: readonly string[], needs: ReadonlyMap<string, readonly string[]>): string[] {
  const ordered: string[] = [];
  const visit = (name: string, above: readonly string[]): void => {
    if (ordered.includes(name) || above.includes(name)) return;
    for (const need of needs.get(name) ?? []) if (names.includes(need)) visit(need, [...above, name]);
    ordered.push(name);
  };
  names.forEach((name) => visit(name, []));
  return ordered;
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new Refusal(`${path} cannot be read: ${(error as Error).message}`, 'synthesize it anew');
  }
}
