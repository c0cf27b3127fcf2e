import type { Problem } from '../core/problem';
import type { ServiceProps } from '../service/service-props';

interface Field {
  readonly required: boolean;
  readonly is: (value: unknown) => boolean;
  readonly expected: string;
}

const text: Omit<Field, 'required'> = { is: (value) => typeof value === 'string' && value !== '', expected: 'text' };
const flag: Omit<Field, 'required'> = { is: (value) => typeof value === 'boolean', expected: 'true or false' };
const count: Omit<Field, 'required'> = {
  is: (value) => Number.isInteger(value) && (value as number) > 0,
  expected: 'a whole number from 1 up',
};
const list: Omit<Field, 'required'> = { is: Array.isArray, expected: 'a list' };
const record: Omit<Field, 'required'> = {
  is: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  expected: 'an object',
};
const swap: Omit<Field, 'required'> = {
  is: (value) => Number.isInteger(value) && (value as number) >= 0,
  expected: 'a whole number from 0 up',
};

const must = (field: Omit<Field, 'required'>): Field => ({ ...field, required: true });
const may = (field: Omit<Field, 'required'>): Field => ({ ...field, required: false });

const serviceFields: Readonly<Record<keyof ServiceProps, Field>> = {
  name: must(text),
  vmId: must(count),
  purpose: must(text),
  tier: must(text),
  address: must(text),
  macAddress: may(text),
  cores: must(count),
  memoryMiB: must(count),
  swapMiB: may(swap),
  diskGiB: must(count),
  ports: must(list),
  health: must({ ...record, expected: 'a health check: { kind: http, tcp or command, … }' }),
  data: must({ ...record, expected: 'keeps(…) or disposable(…)' }),
  needs: may(list),
  role: may(text),
  settings: may(record),
  metrics: may(record),
  gpu: may(flag),
  tags: may(list),
  startOnBoot: may(flag),
  unprivileged: may(flag),
  kernelBelow: may(text),
  importExisting: may(flag),
  notices: may(list),
};

/**
 * Checks that a service has every field it needs, of the right kind, and none that nobody reads.
 * The compiler says the same in an editor; a plain synth does not run the compiler.
 */
export function checkShape(service: ServiceProps, path: string): Problem[] {
  const given = service as unknown as Readonly<Record<string, unknown>>;
  const problems: Problem[] = [];
  for (const [name, field] of Object.entries(serviceFields)) {
    const value = given[name];
    if (value === undefined ? !field.required : field.is(value)) continue;
    const got = value === undefined ? 'nothing' : JSON.stringify(value);
    problems.push({ path, rule: `'${name}' is ${field.expected}`, got, remedy: `give '${name}' in the service's file` });
  }
  for (const name of Object.keys(given).filter((key) => !(key in serviceFields))) {
    const known = Object.keys(serviceFields).find((field) => sameWord(field, name));
    const remedy = known ? `did you mean '${known}'?` : 'remove it; the fields are those of ServiceProps';
    problems.push({ path, rule: 'a service has only fields that are read', got: `'${name}'`, remedy });
  }
  return problems;
}

/** Whether two field names differ only in their unit or spelling of it, e.g. memoryMb and memoryMiB. */
function sameWord(field: string, name: string): boolean {
  const stem = (word: string): string => word.replace(/(_?(MiB|MB|Mb|GiB|GB|Gb))$/i, '').toLowerCase();
  return stem(field) === stem(name);
}
