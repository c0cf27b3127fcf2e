import { readFileSync } from 'node:fs';

import type { TypeFacts } from '../../rehearsal/facts/provider-facts';
import { Refusal } from '../../common/refusal';

/** An attribute as Terraform tells it. */
export interface SchemaAttribute {
  readonly type: TypeFacts;
  readonly required?: boolean;
  readonly optional?: boolean;
  readonly computed?: boolean;
  readonly sensitive?: boolean;
  readonly deprecated?: boolean;
}

/** A block as Terraform tells it. */
export interface SchemaBlock {
  readonly attributes?: Readonly<Record<string, SchemaAttribute>>;
  readonly block_types?: Readonly<Record<string, SchemaNested>>;
}

/** A block inside a block. */
export interface SchemaNested {
  readonly nesting_mode: 'single' | 'list';
  readonly block: SchemaBlock;
  readonly min_items?: number;
  readonly max_items?: number;
}

/** The schema of one provider, without its prose. */
export interface ProviderSchema {
  readonly provider: { readonly version?: number; readonly block: SchemaBlock };
  readonly resource_schemas: Readonly<Record<string, { readonly version: number; readonly block: SchemaBlock }>>;
}

interface Whole {
  readonly format_version?: string;
  readonly provider_schemas?: Readonly<Record<string, ProviderSchema>>;
}

const PROSE = new Set(['description', 'description_kind', 'deprecation_message']);

/** An attribute may be called `description`; prose is text where that one is an object. */
function withoutProse(key: string, value: unknown): unknown {
  return PROSE.has(key) && typeof value === 'string' ? undefined : value;
}

/**
 * Reads what `terraform providers schema -json` prints.
 * @param path the file
 * @param source provider as the house names it, e.g. `bpg/proxmox`
 * @param types resource types that must be there
 * @throws Refusal for a file that cannot be read or is something else, for a schema without the provider, and with every type that it lacks
 */
export function readSchema(path: string, source: string, types: readonly string[]): { readonly address: string; readonly format: string; readonly schema: ProviderSchema } {
  const wanted = 'it takes what this prints: terraform providers schema -json';
  let whole: Whole;
  try {
    whole = JSON.parse(readFileSync(path, 'utf8'), withoutProse) as Whole;
  } catch (error) {
    throw new Refusal(`${path} cannot be read as a schema: ${(error as Error).message}`, wanted);
  }
  const { format_version: format, provider_schemas: providers } = whole ?? {};
  if (typeof providers !== 'object' || providers === null || format === undefined) throw new Refusal(`${path} is no schema of providers`, wanted);
  const [address, schema] = Object.entries(providers).find(([name]) => name.endsWith(`/${source}`)) ?? [];
  if (address === undefined || !schema?.resource_schemas || !schema.provider) throw new Refusal(`${path} has no provider ${source}; it has: ${Object.keys(providers).join(', ') || 'none'}`, wanted);
  const missing = types.filter((type) => !schema.resource_schemas[type]);
  if (missing.length > 0) throw new Refusal(`this version has no ${missing.join(', ')}, which the house is made of`, 'look in its changelog for the new name; constructs/proxmox/ and rehearsal/provider/proxmox/ must learn it first');
  return { address, format, schema };
}
