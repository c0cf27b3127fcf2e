#!/usr/bin/env node
// Development only: trims a provider schema (the form of `terraform providers schema -json`) to the resource
// types this project uses, and writes schema.json beside this file. Run it when the provider pin moves.
import { readFileSync, writeFileSync } from 'node:fs';
import { providerVersion, resourceTypes } from './pin.mjs';

const [source] = process.argv.slice(2);
if (!source || source === '--help') {
  console.log('usage: node scripts/bindings/trim.mjs PROVIDER_SCHEMA.json');
  process.exit(source ? 0 : 2);
}
const full = JSON.parse(readFileSync(source, 'utf8'));
const [address, provider] = Object.entries(full.provider_schemas)[0];
const missing = resourceTypes.filter((type) => !provider.resource_schemas[type]);
if (missing.length > 0) {
  console.error(`trim: ${source} has no resource type ${missing.join(', ')}; check the names in scripts/bindings/pin.mjs`);
  process.exit(1);
}
const trimmed = {
  format_version: full.format_version,
  provider_schemas: {
    [address]: {
      provider: provider.provider,
      resource_schemas: Object.fromEntries(resourceTypes.map((type) => [type, provider.resource_schemas[type]])),
      data_source_schemas: {},
    },
  },
  provider_versions: { [address]: providerVersion },
};
writeFileSync(new URL('schema.json', import.meta.url), JSON.stringify(trimmed, null, 1) + '\n');
