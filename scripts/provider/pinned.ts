import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { ProviderFacts } from '../../rehearsal/facts/provider-facts';
import { Refusal } from '../../common/refusal';
import { replaceFile } from '../../common/replace-file';
import type { ProviderSchema } from './schema';

/** The pin that all rooms read. */
export interface Pin {
  /** Such as `bpg/proxmox`. */
  readonly source: string;
  readonly version: string;
  /** `TYPE.PATH` of values whose behaviour nobody has named since an upgrade. */
  readonly unnamed: readonly string[];
}

/** Reads the house's pin. @param root folder of the project */
export function readPin(root: string): Pin {
  return JSON.parse(readFileSync(join(root, 'common/provider.json'), 'utf8')) as Pin;
}

/** Types that the bindings are made of. @param root folder of the project */
export function boundTypes(root: string): string[] {
  const schema = JSON.parse(readFileSync(join(root, 'scripts/bindings/schema.json'), 'utf8')) as { provider_schemas: Record<string, ProviderSchema> };
  return Object.keys(Object.values(schema.provider_schemas)[0]!.resource_schemas);
}

/** An attribute a line: the file stays small and its diffs readable. */
function factsText(facts: ProviderFacts): string {
  return `${JSON.stringify(facts, null, 1).replace(/\{[^{}]*\}/g, (text) => text.replace(/\s*\n\s*/g, ' '))}\n`;
}

/** Keys in order: which order Terraform prints them in is no difference. */
function inOrder(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)));
}

/**
 * Texts of all files that name the version or hold its schema, the facts last: an upgrade is read from them, so one that was cut
 * off begins anew.
 * @throws Refusal when cdktf.json does not name the version
 */
export function filesOf(root: string, pin: Pin, before: Pin, facts: ProviderFacts, { address, format, schema }: { readonly address: string; readonly format: string; readonly schema: ProviderSchema }): [path: string, text: string][] {
  const cdktf = readFileSync(join(root, 'cdktf.json'), 'utf8');
  const names = [before, pin].map(({ source, version }) => `"${source}@${version}"`) as [string, string];
  if (!names.some((name) => cdktf.includes(name))) throw new Refusal(`cdktf.json names no ${names[0]}`, 'put it back under terraformProviders');
  const bound = Object.fromEntries(boundTypes(root).map((type) => [type, schema.resource_schemas[type]]));
  const bindings = {
    format_version: format,
    provider_schemas: { [address]: { provider: schema.provider, resource_schemas: bound, data_source_schemas: {} } },
    provider_versions: { [address]: pin.version },
  };
  return [
    ['common/provider.json', `${JSON.stringify(pin, null, 2)}\n`],
    ['cdktf.json', cdktf.replace(names[0], names[1])],
    ['scripts/bindings/schema.json', `${JSON.stringify(bindings, inOrder, 1)}\n`],
    ['rehearsal/facts/bpg-proxmox.json', factsText(facts)],
  ];
}

/** Writes what differs from what is there. @returns the paths that were written */
export function writeFiles(root: string, files: readonly (readonly [path: string, text: string])[]): string[] {
  const changed = files.filter(([path, text]) => readFileSync(join(root, path), 'utf8') !== text);
  for (const [path, text] of changed) replaceFile(join(root, path), text);
  return changed.map(([path]) => path);
}
