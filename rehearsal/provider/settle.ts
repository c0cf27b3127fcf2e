import { Unknown, type Value } from '../protocol/value';
import { sameLegacyValue } from './equality';

/**
 * Lays what was read over what is in state, the way SDKv2 stores it: a zero value that was null stays null, so that
 * reading alone never looks like a change.
 *
 * @param state - The value in state, null when there is none.
 * @param fresh - The value read.
 */
export function settle(state: Value | undefined, fresh: Value): Value {
  const current = state ?? null;
  if (current instanceof Unknown) return fresh;
  if (Array.isArray(current) && Array.isArray(fresh) && current.length === fresh.length) {
    return fresh.map((item, index) => settle(current[index], item));
  }
  if (isObject(current) && isObject(fresh)) {
    const keys = [...new Set([...Object.keys(current), ...Object.keys(fresh)])];
    return Object.fromEntries(keys.map((key) => [key, settle(current[key], fresh[key] ?? null)]));
  }
  return sameLegacyValue(current, fresh) ? current : fresh;
}

const isObject = (value: Value): value is { [key: string]: Value; } =>
  value !== null && typeof value === 'object' && !Array.isArray(value) && !(value instanceof Unknown);
