import { destroyGuest, findGuest, rebootGuest, shutdownGuest, startGuest } from '../../node/guests';
import {
  addVmDisk,
  changeVm,
  cloneVm,
  createVm,
  removeVmDisk,
  resizeVmDisk,
  type CloneOrder,
  type VmChanges,
} from '../../node/virtual-machine';
import { Unknown, type ObjectValue } from '../../protocol/value';
import { blockOf, flagOf, numberOf, textOf } from '../block-access';
import { createWithRetry } from '../create-retry';
import { sameLegacyValue } from '../equality';
import type { ValuePath } from '../plan-change';
import { ProviderRefusal } from '../provider-refusal';
import type { ResourceModel, Session } from '../resource-model';
import { guestFromImportId, ifThere, nextVmid } from './guest-id';
import { vmOrder } from './vm-order';
import { vmState } from './vm-state';
import { vmRules } from './vm-rules';

/** proxmox_virtual_environment_vm. */
export const vm: ResourceModel = {
  modelled:
    'create from an image, linked and full clones, template, read, update, delete, import; disks, network devices, memory, cores, agent, tags, protection, power state',
  notModelled:
    'migration, moving a disk; a clone keeps no setting of its source; every other block is planned, kept and given back, but nothing on the node acts on it',
  rules: vmRules,

  replaceAlso({ prior, planned, proposed }) {
    const changed = (name: string): boolean => !sameLegacyValue(prior[name], planned[name]);
    // A hidden difference of `started` still counts: a template that is configured as started never comes to rest.
    if (flagOf(proposed, 'started', true) !== prior.started || changed('network_device')) {
      for (const name of ['ipv4_addresses', 'ipv6_addresses', 'network_interface_names']) planned[name] = Unknown.value;
    }
    const replace: ValuePath[] = [];
    if (changed('vm_id')) replace.push(['vm_id']);
    if (changed('node_name') && !flagOf(planned, 'migrate')) replace.push(['node_name']);
    return replace;
  },

  create(planned, session) {
    const { node } = session;
    const vmid = numberOf(planned, 'vm_id') || nextVmid(node);
    const clone = blockOf(planned, 'clone');
    // The provider tries a clone once, and so never takes a foreign machine for its own.
    if (clone) cloneVm(node, session.caller(), vmOrder(planned, vmid), cloneOrder(clone));
    else createWithRetry(() => createVm(node, session.caller(), vmOrder(planned, vmid)));
    session.world.guestMade?.(vmid);
    const made = findGuest(node, 'qemu', vmid);
    if (flagOf(planned, 'started', true) && !flagOf(planned, 'template')) startGuest(node, session.caller(), made);
    return vmState(made, planned);
  },

  read: (state, session) => ifThere(() => vmState(findGuest(session.node, 'qemu', Number(state.id)), state)),

  update(prior, planned, session) {
    const { node } = session;
    const vmid = Number(prior.id);
    const guest = findGuest(node, 'qemu', vmid);
    if (flagOf(prior, 'template') && !flagOf(planned, 'template')) {
      throw new ProviderRefusal('Cannot convert a template back to a regular VM');
    }
    const { changes, reboot } = changedSettings(prior, planned, vmid);
    if (Object.keys(changes).length > 0) changeVm(node, session.caller(), vmid, changes);
    changeDisks(planned, session, vmid);
    if (!flagOf(planned, 'template')) {
      const started = flagOf(planned, 'started', true);
      if (started) startGuest(node, session.caller(), guest);
      else shutdownGuest(node, session.caller(), guest);
      if (started && reboot && flagOf(planned, 'reboot_after_update', true)) rebootGuest(node, session.caller(), guest);
    }
    return vmState(guest, planned);
  },

  remove(state, session) {
    ifThere(() => {
      const guest = findGuest(session.node, 'qemu', Number(state.id));
      shutdownGuest(session.node, session.caller(), guest);
      destroyGuest(session.node, session.caller(), guest);
      return null;
    });
  },

  importState: guestFromImportId,
};

const cloneOrder = (clone: ObjectValue): CloneOrder => ({
  source: numberOf(clone, 'vm_id'),
  full: flagOf(clone, 'full', true),
  storage: textOf(clone, 'datastore_id'),
});

/** Settings of the node's own, by the Terraform name that writes them. */
const WRITES: Readonly<Record<string, keyof VmChanges>> = {
  name: 'name',
  description: 'description',
  tags: 'tags',
  protection: 'protection',
  on_boot: 'onboot',
  template: 'template',
  memory: 'memoryMiB',
  cpu: 'cores',
  agent: 'agent',
  network_device: 'networks',
};

/** Changes the provider restarts a virtual machine for, as far as they can be changed in place. */
const REBOOTS = new Set(
  `acpi agent amd_sev audio_device bios boot_order cpu efi_disk hostpci initialization keyboard_layout kvm_arguments
  machine memory numa operating_system rng scsi_hardware serial_device tablet_device tpm_state usb vga virtiofs
  watchdog`.split(/\s+/)
);

function changedSettings(prior: ObjectValue, planned: ObjectValue, vmid: number): { changes: VmChanges; reboot: boolean; } {
  const { disks: _disks, ...wanted } = vmOrder(planned, vmid);
  const skipped = ['disk', 'started', 'id', 'vm_id'];
  const changed = Object.keys(planned).filter(
    (name) => !skipped.includes(name) && !(planned[name] instanceof Unknown) && !sameLegacyValue(prior[name], planned[name])
  );
  const names = new Set(changed.map((name) => WRITES[name] ?? 'settings'));
  return {
    changes: Object.fromEntries([...names].map((name) => [name, wanted[name]])) as VmChanges,
    reboot: changed.some((name) => REBOOTS.has(name)),
  };
}

function changeDisks(planned: ObjectValue, session: Session, vmid: number): void {
  const { node } = session;
  const guest = findGuest(node, 'qemu', vmid);
  const wanted = vmOrder(planned, vmid).disks;
  for (const gone of guest.disks.filter((disk) => !wanted.some(({ slot }) => slot === disk.slot))) {
    removeVmDisk(node, guest, gone.slot);
  }
  for (const order of wanted) {
    const present = guest.disks.find((disk) => disk.slot === order.slot);
    if (!present) addVmDisk(node, session.caller(), guest, order);
    else if (order.sizeGiB !== present.sizeGiB) resizeVmDisk(node, session.caller(), guest, order.slot, order.sizeGiB);
  }
}

