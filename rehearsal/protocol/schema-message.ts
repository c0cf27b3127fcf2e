import type { AttributeFacts, BlockFacts, ProviderFacts } from '../facts/provider-facts';

const attributeMessage = ([name, facts]: [string, AttributeFacts]): object => ({
  name,
  type: Buffer.from(JSON.stringify(facts.type)),
  required: facts.required,
  optional: facts.optional,
  computed: facts.computed,
  sensitive: facts.sensitive,
  deprecated: facts.deprecated,
});

const blockMessage = (facts: BlockFacts): object => ({
  attributes: Object.entries(facts.attributes).map(attributeMessage),
  block_types: Object.entries(facts.blocks).map(([name, nested]) => ({
    type_name: name,
    block: blockMessage(nested),
    nesting: nested.nesting.toUpperCase(),
    min_items: nested.minItems,
    max_items: nested.maxItems,
  })),
});

/** The answer to GetProviderSchema: only modelled types, so that any other one is refused before it is planned. */
export const schemaMessage = (facts: ProviderFacts): object => ({
  provider: { version: 0, block: blockMessage(facts.configuration) },
  resource_schemas: Object.fromEntries(
    Object.entries(facts.resources).map(([type, resource]) => [
      type,
      { version: resource.schemaVersion, block: blockMessage(resource) },
    ])
  ),
  server_capabilities: { plan_destroy: false, get_provider_schema_optional: true },
});
