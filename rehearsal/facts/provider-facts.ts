import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Refusal } from '../../common/refusal';

/** A type of Terraform's language in JSON form: `"string"`, `["list", "string"]`, `["object", { key: type }]`. */
export type TypeFacts = string | [kind: string, of: TypeFacts | Record<string, TypeFacts>];

/** What a provider does to a value besides what its schema says. */
export interface Ruling {
  /** Value planned when the configuration gives none. */
  readonly default?: unknown;
  /** A changed value forces a replacement. */
  readonly replace?: boolean;
  /** A computed value that an update does not make unknown again. */
  readonly keep?: boolean;
  /** Some differences are hidden; the resource model says which. */
  readonly suppress?: boolean;
  /** Kept in another spelling than it is configured in; the resource model says which. */
  readonly respelled?: boolean;
  /** Forces a replacement under conditions of its own; the resource model says which. */
  readonly custom?: boolean;
}

/** One attribute of a schema. */
export interface AttributeFacts extends Ruling {
  readonly type: TypeFacts;
  readonly required?: boolean;
  readonly optional?: boolean;
  readonly computed?: boolean;
  readonly sensitive?: boolean;
  readonly deprecated?: boolean;
  /** Keys of the elements, for a list of objects written as an attribute. */
  readonly elements?: Readonly<Record<string, AttributeFacts>>;
}

/** The content of a block. */
export interface BlockFacts {
  readonly attributes: Readonly<Record<string, AttributeFacts>>;
  readonly blocks: Readonly<Record<string, NestedBlockFacts>>;
}

/** A block inside a block. */
export interface NestedBlockFacts extends BlockFacts, Ruling {
  readonly nesting: 'single' | 'list';
  /** The provider fills the block in when the configuration has none. */
  readonly computed?: boolean;
  readonly minItems?: number;
  readonly maxItems?: number;
}

/** One resource type. */
export interface ResourceFacts extends BlockFacts {
  /** Which of the two provider frameworks plans it; they differ in what an unset value means. */
  readonly framework: 'sdkv2' | 'plugin-framework';
  readonly schemaVersion: number;
}

/** Everything the stand-in knows of one provider. */
export interface ProviderFacts {
  /** Namespace and name, such as `bpg/proxmox`. */
  readonly source: string;
  /** The version the facts were taken from. */
  readonly version: string;
  /** True when a stack must ask for exactly this version, because another one plans differently. */
  readonly pinned: boolean;
  readonly configuration: BlockFacts;
  readonly resources: Readonly<Record<string, ResourceFacts>>;
  /** Resource types the provider has and the stand-in refuses by name. */
  readonly notModelled: readonly string[];
}

/** Files of the committed facts, one provider each. */
export const FACTS_FILES: readonly string[] = ['bpg-proxmox', 'hashicorp-null', 'hashicorp-local'].map((name) =>
  resolve(__dirname, `${name}.json`)
);

/**
 * Reads one facts file.
 *
 * @throws Refusal when the file cannot be read, is not JSON, or lacks a part.
 */
export function loadProviderFacts(path: string): ProviderFacts {
  let facts: Partial<ProviderFacts>;
  try {
    facts = JSON.parse(readFileSync(path, 'utf8')) as Partial<ProviderFacts>;
  } catch (error) {
    throw unreadable(path, (error as Error).message);
  }
  const missing = (['source', 'version', 'configuration', 'resources', 'notModelled'] as const).filter(
    (key) => facts?.[key] === undefined
  );
  if (missing.length > 0) throw unreadable(path, `it lacks ${missing.join(', ')}`);
  return facts as ProviderFacts;
}

const unreadable = (path: string, reason: string): Refusal =>
  new Refusal(
    `the schema facts in ${path} cannot be used: ${reason}`,
    'restore the file from git'
  );
