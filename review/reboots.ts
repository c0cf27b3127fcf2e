import { listOf, type GuestChange } from './guest-change';
import type { Attributes } from './plan-json';

/** Changes bpg/proxmox 0.111.1 restarts a running container for, as paths through single blocks. */
const CONTAINER: readonly string[] = [
  'console',
  'device_passthrough',
  'disk.mount_options',
  'environment_variables',
  'idmap',
  'initialization.dns',
  'initialization.entrypoint',
  'initialization.hostname',
  'initialization.ip_config',
  'memory',
  'mount_point',
  'network_interface',
  'operating_system.type',
];

/** The same for a virtual machine; a grown disk and a network device are taken in while it runs. */
const VIRTUAL_MACHINE: readonly string[] = [
  'acpi',
  'agent',
  'amd_sev',
  'audio_device',
  'bios',
  'boot_order',
  'cpu',
  'efi_disk',
  'hostpci',
  'initialization',
  'keyboard_layout',
  'kvm_arguments',
  'machine',
  'memory',
  'numa',
  'operating_system',
  'rng',
  'scsi_hardware',
  'serial_device',
  'tablet_device',
  'tpm_state',
  'usb',
  'vga',
  'virtiofs',
  'watchdog',
];

/** @returns Which changed values restart the guest; empty when it keeps running or is not to run. */
export function rebootCauses(change: GuestChange): string[] {
  const { action, before, after, kind } = change;
  if (action !== 'update' || before?.started === false || after?.started === false || after?.template === true) return [];
  if (after?.reboot_after_update === false) return [];
  const paths = kind === 'container' ? CONTAINER : VIRTUAL_MACHINE;
  return paths.filter((path) => canonical(valueAt(before, path)) !== canonical(valueAt(after, path)));
}

function valueAt(values: Attributes | null, path: string): unknown {
  const [first, second] = path.split('.');
  return second === undefined ? values?.[first] : listOf(values?.[first])[0]?.[second];
}

/** A text by which two values are equal when the provider cannot tell them apart: unset and zero are one. */
function canonical(value: unknown): string {
  if (value === null || value === undefined || value === '' || value === 0 || value === false) return '';
  if (Array.isArray(value)) return value.length === 0 ? '' : `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object') return JSON.stringify(value);
  const entries = Object.entries(value)
    .map(([key, item]) => [key, canonical(item)])
    .filter(([, item]) => item !== '')
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, item]) => `${key}:${item}`).join(',')}}`;
}
