import type { AttributeFacts, BlockFacts, NestedBlockFacts, ProviderFacts, ResourceFacts, Ruling } from '../../rehearsal/facts/provider-facts';
import type { ProviderSchema, SchemaAttribute, SchemaBlock, SchemaNested } from './schema';

/** What an upgrade leaves behind besides the facts. */
export interface Upgraded {
  readonly facts: ProviderFacts;
  /** `TYPE.PATH` of everything whose behaviour nobody has named: planned as a replacement. */
  readonly unnamed: readonly string[];
}

/** What the owner says of values whose behaviour no schema tells, as `TYPE.PATH`. */
export interface Named {
  readonly inPlace: readonly string[];
  readonly replaces: readonly string[];
  /** Those of earlier upgrades that are still open. */
  readonly open: readonly string[];
}

const RULINGS = ['default', 'replace', 'custom', 'keep', 'suppress', 'respelled'] as const;
const FLAGS = ['required', 'optional', 'computed', 'sensitive', 'deprecated'] as const;

function pick<T extends object>(from: T | undefined, keys: readonly string[]): Partial<T> {
  return Object.fromEntries(keys.flatMap((key) => (from && Reflect.has(from, key) ? [[key, Reflect.get(from, key)]] : []))) as Partial<T>;
}

function bounds({ nesting_mode, min_items, max_items }: SchemaNested): Pick<NestedBlockFacts, 'nesting' | 'minItems' | 'maxItems'> {
  return { nesting: nesting_mode, ...(min_items && { minItems: min_items }), ...(max_items && { maxItems: max_items }) };
}

/** Carries what is known of a type's behaviour over to its new schema, and collects what is not known. */
class TypeUpgrade {
  readonly unnamed: string[] = [];

  constructor(
    private readonly type: string,
    private readonly named: Named,
  ) {}

  block(schema: SchemaBlock, known: BlockFacts | undefined, prefix = ''): BlockFacts {
    const attributes = Object.entries(schema.attributes ?? {}).map(([name, attribute]) => [name, this.attribute(attribute, known?.attributes[name], prefix + name)]);
    const blocks = Object.entries(schema.block_types ?? {}).map(([name, nested]) => {
      const before = known?.blocks[name];
      const ruling = before ? this.told(pick(before, ['computed', ...RULINGS]), prefix + name) : this.unknown(prefix + name);
      // What is new as a whole is named as a whole.
      const inner: BlockFacts = before || known === undefined ? this.block(nested.block, before, `${prefix}${name}.`) : bare(nested.block);
      return [name, { ...bounds(nested), ...ruling, ...inner } satisfies NestedBlockFacts];
    });
    return { attributes: Object.fromEntries(attributes), blocks: Object.fromEntries(blocks) };
  }

  private attribute(schema: SchemaAttribute, known: AttributeFacts | undefined, path: string): AttributeFacts {
    const shape = { type: schema.type, ...pick(schema, FLAGS) };
    const sets = schema.required || schema.optional;
    if (known && JSON.stringify(known.type) === JSON.stringify(schema.type)) return { ...shape, ...this.told(pick(known, RULINGS), path), ...pick(known, ['elements']) };
    return { ...shape, ...(sets ? this.unknown(path) : {}), ...pick(known, ['elements']) };
  }

  /** Behaviour that is known stays, unless the owner names it otherwise. */
  private told(ruling: Ruling, path: string): Ruling {
    return this.named.open.includes(`${this.type}.${path}`) ? this.unknown(path) : ruling;
  }

  private unknown(path: string): Ruling {
    const name = `${this.type}.${path}`;
    if (this.named.inPlace.includes(name)) return {};
    if (!this.named.replaces.includes(name)) this.unnamed.push(name);
    return { replace: true };
  }
}

function bare(schema: SchemaBlock): BlockFacts {
  return {
    attributes: Object.fromEntries(Object.entries(schema.attributes ?? {}).map(([name, attribute]) => [name, { type: attribute.type, ...pick(attribute, FLAGS) }])),
    blocks: Object.fromEntries(Object.entries(schema.block_types ?? {}).map(([name, nested]) => [name, { ...bounds(nested), ...bare(nested.block) }])),
  };
}

/**
 * Facts of a new schema: shapes are those of the schema, behaviour is what is known already. What is new or has another type
 * counts as a replacement until it is named.
 */
export function upgradeFacts(schema: ProviderSchema, known: ProviderFacts, version: string, named: Named): Upgraded {
  const unnamed: string[] = [];
  const resources = Object.entries(known.resources).map(([type, before]): [string, ResourceFacts] => {
    const upgrade = new TypeUpgrade(type, named);
    const block = upgrade.block(schema.resource_schemas[type]!.block, before);
    unnamed.push(...upgrade.unnamed);
    return [type, { framework: before.framework, schemaVersion: schema.resource_schemas[type]!.version, ...block }];
  });
  const facts: ProviderFacts = {
    source: known.source,
    version,
    pinned: known.pinned,
    configuration: bare(schema.provider.block),
    resources: Object.fromEntries(resources),
    notModelled: Object.keys(schema.resource_schemas).filter((type) => !(type in known.resources)),
  };
  return { facts, unnamed };
}
