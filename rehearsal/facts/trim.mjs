// Development script: makes bpg-proxmox.json, the facts the stand-in provider runs on.
//
//   node rehearsal/facts/trim.mjs SCHEMA BEHAVIOUR > rehearsal/facts/bpg-proxmox.json
//
// SCHEMA is the output of `terraform providers schema -json` for bpg/proxmox. BEHAVIOUR maps a resource type to what
// the schema does not tell: defaults, what forces a replacement, which computed values survive an update, which
// differences are suppressed. Both are read once, on a bump of the provider; the rehearsal itself reads the result.
import { readFileSync } from 'node:fs';

const SOURCE = 'bpg/proxmox';
const VERSION = '0.111.1';
const MODELLED = [
  'proxmox_download_file',
  'proxmox_pool_membership',
  'proxmox_storage_directory',
  'proxmox_storage_zfspool',
  'proxmox_virtual_environment_container',
  'proxmox_virtual_environment_pool',
  'proxmox_virtual_environment_vm',
];
/** Plan modifiers that only say "replace"; any other one has conditions of its own and becomes `custom`. */
const PLAIN_REPLACE = /requiresReplaceIfModifier$/;
const KEEPS_STATE = /useStateForUnknownModifier$/;

const [schemaPath, behaviourPath] = process.argv.slice(2);
if (!schemaPath || !behaviourPath) {
  console.error('usage: node rehearsal/facts/trim.mjs SCHEMA BEHAVIOUR > rehearsal/facts/bpg-proxmox.json');
  process.exit(2);
}
const schema = Object.values(JSON.parse(readFileSync(schemaPath, 'utf8')).provider_schemas)[0];
const behaviour = JSON.parse(readFileSync(behaviourPath, 'utf8'));

/** Plugin-framework defaults arrive as text. */
const typed = (value, type) =>
  type === 'bool' ? String(value) === 'true' : type === 'number' ? Number(value) : value;

/** What the behaviour says of one attribute or block, in our words; `{}` when it says nothing. */
function ruling(said = {}, type) {
  const modifiers = said.planModifiers ?? [];
  const plainReplace = said.forceNew && (!said.planModifiers || modifiers.some((m) => PLAIN_REPLACE.test(m)));
  const ownDefault = said.default ?? (Array.isArray(said.defaultFunc) ? undefined : said.defaultFunc);
  return {
    ...(ownDefault !== undefined && { default: typed(ownDefault, type) }),
    ...(plainReplace && { replace: true }),
    ...(said.forceNew && !plainReplace && { custom: true }),
    ...(modifiers.some((m) => KEEPS_STATE.test(m)) && { keep: true }),
    ...(said.diffSuppress && { suppress: true }),
    ...(said.stateFunc && { respelled: true }),
  };
}

const FLAGS = ['required', 'optional', 'computed', 'sensitive', 'deprecated'];
const flags = (attribute) => Object.fromEntries(FLAGS.filter((flag) => attribute[flag]).map((flag) => [flag, true]));

function attributeFacts(name, attribute, rules, path) {
  const facts = { type: attribute.type, ...flags(attribute), ...ruling(rules[path], attribute.type) };
  // A list of objects in attribute form still has per-key defaults in the provider.
  if (Array.isArray(attribute.type) && attribute.type[0] === 'list' && attribute.type[1]?.[0] === 'object') {
    const keys = Object.entries(attribute.type[1][1]).filter(([key]) => rules[`${path}.${key}`]);
    facts.elements = Object.fromEntries(
      keys.map(([key, type]) => [
        key,
        { type, ...flags(rules[`${path}.${key}`]), ...ruling(rules[`${path}.${key}`], type) },
      ])
    );
  }
  return [name, facts];
}

function blockFacts(block, rules, prefix = '') {
  return {
    attributes: Object.fromEntries(
      Object.entries(block.attributes ?? {}).map(([name, attribute]) =>
        attributeFacts(name, attribute, rules, prefix + name)
      )
    ),
    blocks: Object.fromEntries(
      Object.entries(block.block_types ?? {}).map(([name, nested]) => [
        name,
        {
          nesting: nested.nesting_mode,
          ...(nested.min_items && { minItems: nested.min_items }),
          ...(nested.max_items && { maxItems: nested.max_items }),
          ...(rules[prefix + name]?.computed && { computed: true }),
          ...ruling(rules[prefix + name], undefined),
          ...blockFacts(nested.block, rules, `${prefix}${name}.`),
        },
      ])
    ),
  };
}

const facts = {
  generatedBy: 'rehearsal/facts/trim.mjs',
  source: SOURCE,
  version: VERSION,
  pinned: true,
  configuration: blockFacts(schema.provider.block, {}),
  resources: Object.fromEntries(
    MODELLED.map((type) => [
      type,
      {
        framework: behaviour[type].framework,
        schemaVersion: schema.resource_schemas[type].version,
        ...blockFacts(schema.resource_schemas[type].block, behaviour[type].attributes),
      },
    ])
  ),
  notModelled: Object.keys(schema.resource_schemas).filter((type) => !MODELLED.includes(type)),
};
// An attribute a line: the file stays small and its diffs readable.
const oneLine = (text) => text.replace(/\s*\n\s*/g, ' ');
process.stdout.write(`${JSON.stringify(facts, null, 1).replace(/\{[^{}]*\}/g, oneLine)}\n`);
