import type { ListedGuest } from '../../review/host';
import { judge, type Question, type Verdict } from '../../review/judge';
import type { PlanJson, ResourceChange } from '../../review/plan-json';
import { readPermissions } from '../../review/permission';

/** Values of a resource, or none. */
export type Values = Record<string, unknown> | null;

export const CONTAINER = 'proxmox_virtual_environment_container';
export const VM = 'proxmox_virtual_environment_vm';

/** A container of this kind of house, as a plan holds it. */
export const n8n = {
  vm_id: 102,
  node_name: 'pve',
  started: true,
  protection: true,
  unprivileged: true,
  description: 'Workflows',
  cpu: [{ cores: 2 }],
  disk: [{ datastore_id: 'tank', size: 8 }],
  memory: [{ dedicated: 512, swap: 256 }],
  initialization: [{ hostname: 'n8n', ip_config: [{ ipv4: [{ address: '192.0.2.102/24', gateway: '192.0.2.1' }], ipv6: [] }] }],
  network_interface: [{ name: 'eth0', bridge: 'vmbr0', mac_address: 'BC:24:11:00:01:02', enabled: true }],
  operating_system: [{ type: 'debian', template_file_id: 'local:vztmpl/debian-13.tar.zst' }],
  mount_point: [] as Record<string, unknown>[],
};

/** A virtual machine with two disks. */
export const machine = {
  vm_id: 300,
  name: 'windows',
  node_name: 'pve',
  started: true,
  disk: [
    { interface: 'scsi0', size: 10, datastore_id: 'tank', file_format: 'raw' },
    { interface: 'scsi1', size: 5, datastore_id: 'tank', file_format: 'raw' },
  ],
  memory: [{ dedicated: 2048 }],
  network_device: [{ bridge: 'vmbr0', mac_address: 'BC:24:11:00:03:00' }],
};

/** The host's list of guests that agrees with those two. */
export const GUESTS: readonly ListedGuest[] = [
  { vmid: 102, type: 'lxc', name: 'n8n', status: 'running' },
  { vmid: 300, type: 'qemu', name: 'windows', status: 'running' },
];

/** Parts of a change that are seldom needed. */
export interface More {
  readonly type?: string;
  readonly name?: string;
  readonly unknown?: unknown;
  readonly sensitive?: unknown;
  readonly importing?: string;
  readonly reason?: string;
  readonly provider?: string;
  readonly deposed?: string;
}

/** One entry of `resource_changes`. */
export function change(actions: readonly string[], before: Values, after: Values, more: More = {}): ResourceChange {
  const { type = CONTAINER, name = 'n8n', unknown, sensitive, importing, reason, provider, deposed } = more;
  return {
    address: `${type}.${name}`,
    type,
    name,
    mode: 'managed',
    ...(provider !== undefined && { provider_name: provider }),
    ...(deposed !== undefined && { deposed }),
    ...(reason !== undefined && { action_reason: reason }),
    change: {
      actions,
      before,
      after,
      ...(unknown !== undefined && { after_unknown: unknown }),
      ...(sensitive !== undefined && { before_sensitive: sensitive, after_sensitive: sensitive }),
      ...(importing !== undefined && { importing: { id: importing } }),
    },
  };
}

/** An update of the container that sets some values. */
export const update = (values: Record<string, unknown>, more: More = {}): ResourceChange => change(['update'], n8n, { ...n8n, ...values }, more);

/** A plan that begins with a state in which something is. */
export const planOf = (changes: readonly ResourceChange[], more: Partial<PlanJson> = {}): PlanJson => ({
  format_version: '1.2',
  planned_values: {},
  prior_state: { values: { root_module: { resources: [{ mode: 'managed', type: 'local_file', address: 'local_file.x' }] } } },
  resource_changes: changes,
  ...more,
});

/** What else the judge is told. */
export type Told = Omit<Partial<Question>, 'plan' | 'permissions'> & { readonly allow?: readonly string[]; readonly plan?: Partial<PlanJson>; readonly guests?: readonly ListedGuest[] };

/** Judges changes beside a list of guests. */
export function judged(changes: readonly ResourceChange[], { allow = [], plan, guests = GUESTS, ...question }: Told = {}): Verdict {
  return judge({ host: { guests }, ...question, plan: planOf(changes, plan), permissions: readPermissions(allow) });
}

/** Names of the rules that refuse, in order. */
export const rules = ({ objections }: Verdict): string[] => objections.map(({ rule }) => rule);

/** Everything the judge says of why it refuses. */
export const words = ({ objections }: Verdict): string => objections.map(({ problem, remedy }) => `${problem}\n${remedy}`).join('\n');
