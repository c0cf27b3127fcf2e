import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { root } from './run-synth';

/** One option of a role's entry point, as in meta/argument_specs.yml. */
export interface Option {
  readonly description?: string | readonly string[];
  readonly type?: string;
  readonly elements?: string;
  readonly required?: boolean;
  readonly default?: unknown;
  readonly choices?: readonly unknown[];
  readonly options?: Options;
}

/** Options by name. */
export type Options = Readonly<Record<string, Option>>;

/** Options that a role declares for one of its entry points. */
export function optionsOf(role: string, entryPoint = 'main'): Options {
  const file = join(root, 'ansible/roles', role, 'meta/argument_specs.yml');
  const specs = (parse(readFileSync(file, 'utf8'), { version: '1.1' }) as { argument_specs: Record<string, { options?: Options }> }).argument_specs;
  if (!specs[entryPoint]) throw new Error(`the role ${role} has no entry point ${entryPoint}; it has ${Object.keys(specs).join(', ')}`);
  return specs[entryPoint].options ?? {};
}

const checks: Readonly<Record<string, (value: unknown) => boolean>> = {
  str: (value) => typeof value === 'string',
  path: (value) => typeof value === 'string' && (value.startsWith('/') || isExpression(value)),
  int: Number.isInteger,
  float: (value) => typeof value === 'number',
  bool: (value) => typeof value === 'boolean',
  list: Array.isArray,
  dict: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
};

/** What a value has that its option does not allow; empty when they agree. No value is bent into shape. */
export function mismatches(name: string, value: unknown, option: Option): string[] {
  const { type = 'str', elements, choices, options } = option;
  if (!checks[type]) return [`${name} is declared of the unknown type ${type}`];
  if (!checks[type](value)) return [`${name} is ${JSON.stringify(value)} and not a ${type}`];
  if (type === 'list' && elements) {
    return (value as unknown[]).flatMap((item, index) => mismatches(`${name}[${index}]`, item, { type: elements, choices, options }));
  }
  if (choices && !choices.includes(value)) return [`${name} is ${JSON.stringify(value)} and none of ${choices.join(', ')}`];
  if (type !== 'dict' || !options) return [];
  const given = value as Readonly<Record<string, unknown>>;
  return [
    ...Object.entries(given).flatMap(([key, item]) => (options[key] ? mismatches(`${name}.${key}`, item, options[key]) : [`${name}.${key} is not declared`])),
    ...Object.entries(options)
      .filter(([key, inner]) => inner.required && !(key in given))
      .map(([key]) => `${name}.${key} is required and missing`),
  ];
}

function isExpression(value: string): boolean {
  return value.startsWith('{{') && value.endsWith('}}');
}
