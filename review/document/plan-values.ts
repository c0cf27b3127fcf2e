import type { ResourceChange } from '../plan-json';
import { differences, isMasked, pathText, valueAt, type Path } from '../values';
import type { ValueChange } from './wording';

/** What the provider computes anew with every change. */
const COMPUTED = /^(id|ipv4|ipv6|ipv4_addresses|ipv6_addresses|mac_addresses|network_interface_names)\b/;

/** The innermost values that a plan changes in one resource, each with Terraform's own marks; a plain list is one value. */
export function valueChanges({ change }: Pick<ResourceChange, 'change'>): ValueChange[] {
  const { before, after, before_sensitive: hiddenBefore, after_sensitive: hiddenAfter, after_unknown: unknown } = change;
  const paths = differences(before, after).map((path) => wholeList(path, before, after));
  const distinct = new Map(paths.map((path) => [pathText(path), path]));
  return [...distinct].flatMap(([text, path]) => {
    const isUnknown = isMasked(unknown, path);
    if (isUnknown && COMPUTED.test(text)) return [];
    const isSensitive = isMasked(hiddenBefore, path) || isMasked(hiddenAfter, path);
    return [{ path: text, before: valueAt(before, path), after: valueAt(after, path), isSensitive, isUnknown }];
  });
}

function wholeList(path: Path, before: unknown, after: unknown): Path {
  const above = path.slice(0, -1);
  const isPlain = [before, after].some((side) => {
    const value = valueAt(side, above);
    return Array.isArray(value) && value.every((item) => typeof item !== 'object');
  });
  return typeof path.at(-1) === 'number' && isPlain ? above : path;
}
