import { Unknown, type Value } from '../protocol/value';

/** Deep equality of two values; an unknown one equals nothing, not even itself. */
export function sameValue(left: Value, right: Value): boolean {
  if (left instanceof Unknown || right instanceof Unknown) return false;
  if (left === null || right === null || typeof left !== 'object' || typeof right !== 'object') return left === right;
  if (Array.isArray(left) || Array.isArray(right)) {
    return (
      Array.isArray(left) &&
      Array.isArray(right) &&
      left.length === right.length &&
      left.every((item, index) => sameValue(item, right[index]))
    );
  }
  const keys = new Set([...Object.keys(left), ...Object.keys(right)]);
  return [...keys].every((key) => sameValue(left[key] ?? null, right[key] ?? null));
}

/** Equality of two sets of text, whatever their order; null is the empty set. */
export function sameMembers(left: Value, right: Value): boolean {
  const sorted = (value: Value): Value => (Array.isArray(value) ? [...value].map(String).sort() : []);
  return sameValue(sorted(left), sorted(right));
}

/** @returns Whether SDKv2 cannot tell the value from an unset one. */
const isZero = (value: Value): boolean =>
  value === null ||
  value === '' ||
  value === 0 ||
  value === false ||
  (Array.isArray(value) && value.length === 0) ||
  (typeof value === 'object' && !(value instanceof Unknown) && Object.keys(value).length === 0);

/**
 * Equality as a provider on SDKv2 sees it. It compares texts, where "unset" and "" are one thing: a value that is no
 * longer configured equals the zero value in state; a configured zero number or false differs from a null in state.
 *
 * @param prior - The value in state.
 * @param next - The value wanted.
 */
export function sameLegacyValue(prior: Value, next: Value): boolean {
  if (next === null) return isZero(prior);
  if (prior === null) return isZero(next) && typeof next !== 'number' && typeof next !== 'boolean';
  return sameValue(prior, next);
}
