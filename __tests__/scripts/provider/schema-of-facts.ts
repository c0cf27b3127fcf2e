import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import type { AttributeFacts, BlockFacts, NestedBlockFacts, ProviderFacts } from '../../../rehearsal/facts/provider-facts';

const ROOT = resolve(__dirname, '../../..');

/** Facts of the version that the house is pinned to. */
export const pinnedFacts = JSON.parse(readFileSync(join(ROOT, 'rehearsal/facts/bpg-proxmox.json'), 'utf8')) as ProviderFacts;

function attribute({ type, required, optional, computed, sensitive, deprecated }: AttributeFacts): object {
  return { type, required, optional, computed, sensitive, deprecated, description: 'Prose of the provider.', description_kind: 'plain' };
}

function nested(facts: NestedBlockFacts): object {
  return { nesting_mode: facts.nesting, min_items: facts.minItems, max_items: facts.maxItems, block: block(facts) };
}

function block({ attributes, blocks }: BlockFacts): object {
  const map = <T>(of: Readonly<Record<string, T>>, each: (one: T) => object) => Object.fromEntries(Object.entries(of).map(([name, one]) => [name, each(one)]));
  const some = <T>(key: string, of: Readonly<Record<string, T>>, each: (one: T) => object) => (Object.keys(of).length > 0 ? { [key]: map(of, each) } : {});
  return { ...some('attributes', attributes, attribute), ...some('block_types', blocks, nested), description: 'More prose.', description_kind: 'plain' };
}

/** What `terraform providers schema -json` prints for a version of these shapes, with prose as the real one has. */
export function schemaText(facts: ProviderFacts): string {
  const modelled = Object.entries(facts.resources).map(([type, resource]) => [type, { version: resource.schemaVersion, block: block(resource) }]);
  const others = facts.notModelled.map((type) => [type, { version: 0, block: {} }]);
  return JSON.stringify({
    format_version: '1.0',
    provider_schemas: {
      'registry.terraform.io/hashicorp/null': { provider: { version: 0, block: {} }, resource_schemas: {} },
      [`registry.terraform.io/${facts.source}`]: { provider: { version: 0, block: block(facts.configuration) }, resource_schemas: Object.fromEntries([...others, ...modelled]) },
    },
  });
}
