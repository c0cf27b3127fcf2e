import { guestText, isGuest, vmidOf, type Change } from '../change';
import { asks } from '../rule';
import { unnamedIn } from '../unnamed';
import { isSame } from '../values';

/** A type that the judge does not know may be a guest or hold data; whatever the plan does to it is named by the owner. */
export const unknownType = asks('unknown-type', 'unclear', (change) =>
  change.kind === 'unknown' && (change.action !== 'none' || change.isImport)
    ? [
        {
          problem: `this judge does not know the type ${change.type}, and the plan would ${change.action === 'none' ? 'import' : change.action} one: it may be a guest, or hold data`,
          remedy: 'add the type to review/kinds.ts, with what its loss loses',
        },
      ]
    : [],
);

/** Attributes that Proxmox VE changes in place, by type. The others belong to a guest's making, or are not known. */
const IN_PLACE: Readonly<Record<string, ReadonlySet<string>>> = {
  proxmox_virtual_environment_container: new Set(
    `description environment_variables hook_script_file_id id ipv4 ipv6 protection start_on_boot started tags timeout_clone
    timeout_create timeout_delete timeout_start timeout_update vm_id console cpu device_passthrough disk features idmap
    initialization memory mount_point network_interface operating_system startup wait_for_ip`.split(/\s+/),
  ),
  proxmox_virtual_environment_vm: new Set(
    `acpi bios boot_order delete_unreferenced_disks_on_destroy description hook_script_file_id hotplug id ipv4_addresses
    ipv6_addresses keyboard_layout kvm_arguments mac_addresses machine migrate name network_device network_interface_names
    on_boot protection purge_on_destroy reboot reboot_after_update scsi_hardware started stop_on_destroy tablet_device tags
    timeout_clone timeout_create timeout_migrate timeout_move_disk timeout_reboot timeout_shutdown_vm timeout_start_vm
    timeout_stop_vm vm_id agent audio_device cdrom cpu disk efi_disk hostpci initialization memory numa operating_system rng
    serial_device smbios startup tpm_state usb vga virtiofs watchdog`.split(/\s+/),
  ),
};

/** Values of a guest that no update is known to change. */
function unknownOfGuest(change: Change): string[] {
  if (!isGuest(change) || vmidOf(change.before) !== vmidOf(change.after)) return [];
  const known = IN_PLACE[change.type];
  const names = [...new Set([...Object.keys(change.before ?? {}), ...Object.keys(change.after ?? {})])];
  return names.filter((name) => !known?.has(name) && !isSame(change.before?.[name], change.after?.[name]));
}

/** An update of something that the judge does not know, or that no update can do. */
export const unknownChange = asks('unknown-change', 'unclear', (change) => {
  const changed = change.action === 'update' ? [...new Set([...unknownOfGuest(change), ...unnamedIn(change)])] : [];
  if (changed.length === 0) return [];
  return [
    {
      problem: `this would change ${changed.join(', ')} of ${isGuest(change) ? guestText(change) : change.address} in place, and this judge does not know what that does`,
      remedy: unnamedIn(change).length > 0 ? 'name what it does: ./house upgrade-provider --help' : 'leave the change out, or teach review/rules/unknown.ts what the provider does',
    },
  ];
});
