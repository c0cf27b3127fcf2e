/** Words of attributes that people know by another name than Terraform's, with the unit. */
const WORDS: Readonly<Record<string, readonly [label: string, unit?: string]>> = {
  'memory.dedicated': ['memory', 'MiB'],
  'memory.swap': ['swap', 'MiB'],
  'cpu.cores': ['cores'],
  'disk.size': ['root disk', 'GiB'],
  'disk.datastore_id': ['storage of the root disk'],
  'initialization.hostname': ['host name'],
  'initialization.ip_config.ipv4.address': ['address'],
  'initialization.ip_config.ipv4.gateway': ['gateway'],
  'initialization.dns.domain': ['domain'],
  'initialization.dns.servers': ['name servers'],
  'network_interface.bridge': ['bridge'],
  'network_interface.mac_address': ['MAC address'],
  'operating_system.template_file_id': ['image'],
  'operating_system.type': ['operating system'],
  'startup.order': ['start order'],
  description: ['purpose'],
  start_on_boot: ['starts with the host'],
  started: ['runs'],
  vm_id: ['VMID'],
};

/** A value in a plan that differs. */
export interface ValueChange {
  /** Such as `memory[0].dedicated`. */
  readonly path: string;
  readonly before: unknown;
  readonly after: unknown;
  readonly isSensitive: boolean;
  readonly isUnknown: boolean;
}

/** A changed value in words; what Terraform marks sensitive is never shown. */
export function valueChangeText({ path, before, after, isSensitive, isUnknown }: ValueChange): string {
  const [label, unit] = WORDS[path.replace(/\[\d+\]/g, '')] ?? [path];
  if (isSensitive) return `${label}: a sensitive value`;
  return `${label} ${shown(before)} → ${isUnknown ? 'known after apply' : shown(after)}${unit ? ` ${unit}` : ''}`;
}

function shown(value: unknown): string {
  if (value === null || value === undefined || value === '') return 'nothing';
  if (value === true) return 'yes';
  if (value === false) return 'no';
  if (Array.isArray(value) && value.every((item) => typeof item !== 'object')) return value.join(', ') || 'nothing';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
