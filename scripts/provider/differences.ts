import type { AttributeFacts, BlockFacts, ProviderFacts } from '../../rehearsal/facts/provider-facts';

/** What differs in one resource type, or in the provider's own configuration. */
export interface Difference {
  readonly type: string;
  /** A line each, such as `+ idmap.label: string, optional`. */
  readonly lines: readonly string[];
}

function attributeText({ type, required, optional, computed, sensitive, deprecated }: AttributeFacts): string {
  const flags = Object.entries({ required, optional, computed, sensitive, deprecated }).flatMap(([flag, is]) => (is ? [flag] : []));
  return [typeof type === 'string' ? type : JSON.stringify(type), ...flags].join(', ');
}

/** Every attribute and block by its path, with its shape in words; behaviour is no part of it. */
function shapes(block: BlockFacts, prefix = ''): Map<string, string> {
  const attributes = Object.entries(block.attributes).map(([name, attribute]): [string, string] => [prefix + name, attributeText(attribute)]);
  const blocks = Object.entries(block.blocks).flatMap(([name, nested]): [string, string][] => [
    [prefix + name, [`block, ${nested.nesting}`, nested.minItems && `at least ${nested.minItems}`, nested.maxItems && `at most ${nested.maxItems}`].filter(Boolean).join(', ')],
    ...shapes(nested, `${prefix}${name}.`),
  ]);
  return new Map([...attributes, ...blocks]);
}

function linesOf(before: BlockFacts, after: BlockFacts): string[] {
  const [old, fresh] = [shapes(before), shapes(after)];
  const gone = [...old].flatMap(([path, text]) => (fresh.has(path) ? [] : [`- ${path}: ${text}`]));
  const others = [...fresh].flatMap(([path, text]) => {
    const was = old.get(path);
    if (was === undefined) return [`+ ${path}: ${text}`];
    return was === text ? [] : [`~ ${path}: ${was} -> ${text}`];
  });
  return [...gone, ...others];
}

/** What a new version's shapes differ in, by resource type and attribute, and which types come and go. */
export function differences(before: ProviderFacts, after: ProviderFacts): Difference[] {
  const pairs: [string, BlockFacts, BlockFacts][] = [
    ['the provider itself', before.configuration, after.configuration],
    ...Object.keys(before.resources).map((type): [string, BlockFacts, BlockFacts] => [type, before.resources[type]!, after.resources[type]!]),
  ];
  const types = [
    ...before.notModelled.filter((type) => !after.notModelled.includes(type)).map((type) => `- ${type}`),
    ...after.notModelled.filter((type) => !before.notModelled.includes(type)).map((type) => `+ ${type}`),
  ];
  const all = [...pairs.map(([type, old, fresh]) => ({ type, lines: linesOf(old, fresh) })), { type: 'resource types that the house does not use', lines: types }];
  return all.filter(({ lines }) => lines.length > 0);
}
