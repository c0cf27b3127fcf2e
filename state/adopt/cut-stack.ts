import type { Existing } from './existing';

type Json = Record<string, unknown>;
type Resources = Record<string, Record<string, Json>>;

/** Text that stands in the place of what refers to something left out; nothing reads it. */
const LEFT_OUT = 'left out';

/**
 * A stack that can do nothing but take over: what is in the state stays as it is, whatever the definition says of it by
 * now, what is not there yet is left out, and what comes in is compared with the definition, protected or not: such a
 * plan is judged, and never applied unless it changes nothing.
 * @param importing what comes in; its import blocks stand in this copy only
 */
export function cutStack(stack: Json, inState: ReadonlySet<string>, importing: readonly Existing[]): Json {
  const coming = new Set(importing.map(({ address }) => address));
  const all = Object.entries((stack.resource ?? {}) as Resources).flatMap(([type, named]) => Object.entries(named).map(([name, config]) => ({ type, name, config, address: `${type}.${name}` })));
  const dropped = all.filter(({ address }) => !inState.has(address) && !coming.has(address)).map(({ address }) => address);
  const resource: Resources = {};
  for (const { type, name, config, address } of all) {
    if (dropped.includes(address)) continue;
    const { provisioner: _run, depends_on: _after, lifecycle, ...rest } = config;
    const kept = coming.has(address) ? imported(lifecycle) : { ignore_changes: 'all' };
    (resource[type] ??= {})[name] = { ...withoutReferences(rest, dropped), lifecycle: kept };
  }
  const { resource: _all, moved: _moved, import: _import, removed: _removed, output: _output, '//': _about, ...frame } = stack;
  return {
    ...frame,
    ...(Object.keys(resource).length > 0 ? { resource } : {}),
    ...(importing.length > 0 ? { import: importing.map(({ address, id }) => ({ to: address, id })) } : {}),
  };
}

/** Terraform itself would refuse a plan that destroys what it must keep, and name no value: the gate names them. */
function imported(lifecycle: unknown): Json {
  const { prevent_destroy: _kept, replace_triggered_by: _triggered, ...rest } = (lifecycle ?? {}) as Json;
  return rest;
}

function withoutReferences(config: Json, dropped: readonly string[]): Json {
  const names = (text: string) => dropped.some((address) => new RegExp(`\\b${address.replaceAll('.', '\\.')}\\b(?!-)`).test(text));
  const clean = (value: unknown): unknown => {
    if (typeof value === 'string') return value.includes('${') && names(value) ? LEFT_OUT : value;
    if (Array.isArray(value)) return value.map(clean);
    if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, clean(inner)]));
    return value;
  };
  return clean(config) as Json;
}
