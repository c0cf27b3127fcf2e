import { valueAt, isSame, type Path } from './values';
import type { Change } from './change';

/** Changes bpg/proxmox restarts a running container for, as paths through single blocks. */
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

const throughBlocks = (name: string): { name: string; path: Path } => ({ name, path: name.split('.').flatMap((key, index) => (index === 0 ? [key] : [0, key])) });

const PATHS = { container: CONTAINER.map(throughBlocks), machine: VIRTUAL_MACHINE.map(throughBlocks) };

/** @returns Which changed values restart the guest; empty when it keeps running or is not to run. */
export function restartCauses(change: Change): string[] {
  const { action, before, after, kind } = change;
  if (action !== 'update' || before?.started === false || after?.started === false || after?.template === true) return [];
  if (after?.reboot_after_update === false) return [];
  const causes = kind === 'container' ? PATHS.container : kind === 'virtual machine' ? PATHS.machine : [];
  return causes.filter(({ path }) => !isSame(valueAt(before, path), valueAt(after, path))).map(({ name }) => name);
}
