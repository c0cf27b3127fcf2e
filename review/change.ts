import { kindOf, type Kind } from './kinds';
import { actionOf, type Action, type Attributes, type PlanJson, type ResourceChange } from './plan-json';
import { isMasked, listOf, valueAt, valueText, type Path } from './values';

/** What a plan does to one resource, as rules look at it. */
export interface Change {
  /** With the key of the object when it is one that a failed replacement left behind. */
  readonly address: string;
  readonly type: string;
  /** Last part of the address. */
  readonly name: string;
  readonly kind: Kind;
  readonly action: Action;
  readonly before: Attributes | null;
  readonly after: Attributes | null;
  /** Why Terraform wants it, such as `replace_because_tainted`. */
  readonly reason: string | null;
  /** Values for which it is replaced, as paths. */
  readonly replacing: readonly Path[];
  /** Whether it is brought into the state by an import block. */
  readonly isImport: boolean;
  /** How the resource was found, when that is not how the state had it. */
  readonly drift: { readonly before: Attributes | null; readonly after: Attributes | null } | null;
  /** Terraform's masks over the values. */
  readonly masks: { readonly unknown: unknown; readonly sensitiveBefore: unknown; readonly sensitiveAfter: unknown };
}

/** Everything a plan says of the resources it manages, also of those it leaves alone. */
export function changesOf(plan: PlanJson): Change[] {
  const drift = new Map((plan.resource_drift ?? []).map((item) => [item.address, item.change]));
  return (plan.resource_changes ?? [])
    .filter(({ mode }) => mode !== 'data')
    .map((resource) => changeOf(resource, resource.deposed === undefined ? drift.get(resource.previous_address ?? resource.address) ?? drift.get(resource.address) : undefined));
}

function changeOf(resource: ResourceChange, drift: ResourceChange['change'] | undefined): Change {
  const { address, type, change, deposed } = resource;
  return {
    address: deposed === undefined ? address : `${address} (deposed ${deposed})`,
    type,
    name: resource.name ?? address.split('.').pop() ?? address,
    kind: kindOf(type, resource.provider_name),
    action: actionOf(resource),
    before: change.before ?? null,
    after: change.after ?? null,
    reason: resource.action_reason ?? null,
    replacing: Array.isArray(change.replace_paths) ? change.replace_paths.filter((path): path is Path => Array.isArray(path)) : [],
    isImport: change.importing !== undefined && change.importing !== null,
    drift: drift ? { before: drift.before ?? null, after: drift.after ?? null } : null,
    masks: { unknown: change.after_unknown, sensitiveBefore: change.before_sensitive, sensitiveAfter: change.after_sensitive },
  };
}

/** Whether it is a guest. */
export const isGuest = ({ kind }: Change): boolean => kind === 'container' || kind === 'virtual machine';

/** What the host's list calls a guest of this kind. */
export const listedType = ({ kind }: Change): string => (kind === 'container' ? 'lxc' : 'qemu');

/** VMID in a set of values: `vm_id`, or `id` of types that have no other. Null when it is not known yet. */
export function vmidOf(values: Attributes | null): number | null {
  const value = values?.vm_id ?? values?.id;
  if (typeof value !== 'number' && !(typeof value === 'string' && /^\d+$/.test(value))) return null;
  const vmid = Number(value);
  return Number.isInteger(vmid) ? vmid : null;
}

/** Name of a guest in a set of values: host name of a container, name of a virtual machine. */
export function nameOf(values: Attributes | null): string | null {
  const name = listOf(values?.initialization)[0]?.hostname ?? values?.name;
  return typeof name === 'string' && name !== '' ? name : null;
}

/** MAC addresses in a set of values, in capitals. */
export const macsOf = (values: Attributes | null): string[] =>
  [...listOf(values?.network_interface), ...listOf(values?.network_device)]
    .map(({ mac_address: mac }) => mac)
    .filter((mac): mac is string => typeof mac === 'string' && mac !== '')
    .map((mac) => mac.toUpperCase());

/** Whether the value at a path is only known after apply. */
export const isUnknown = ({ masks }: Change, path: Path): boolean => isMasked(masks.unknown, path);

/** A value before and after, for people; what is sensitive is not shown. */
export function shown(change: Change, path: Path): string {
  const { before, after, masks } = change;
  const was = isMasked(masks.sensitiveBefore, path) ? '(sensitive)' : valueText(valueAt(before, path));
  const hidden = isMasked(masks.sensitiveAfter, path) || was === '(sensitive)';
  const is = isUnknown(change, path) ? '(known after apply)' : hidden ? '(sensitive)' : valueText(valueAt(after, path));
  return `${was} -> ${is}`;
}

/** The guest in words, such as `the container 102 (n8n)`. */
export function guestText(change: Change): string {
  const values = change.before ?? change.after;
  const [vmid, name] = [vmidOf(values), nameOf(values)];
  return `the ${change.kind} ${vmid ?? 'without a VMID'}${name === null ? '' : ` (${name})`}`;
}
