import { changeContainer, createContainer, resizeRootfs, type ContainerChanges } from '../../node/container';
import { destroyGuest, findGuest, rebootGuest, shutdownGuest, startGuest } from '../../node/guests';
import { formatSize, GIB, parseSize } from '../../node/size';
import type { ObjectValue, Value } from '../../protocol/value';
import { blockOf, flagOf, numberOf } from '../block-access';
import { createWithRetry } from '../create-retry';
import { sameLegacyValue, sameMembers } from '../equality';
import { ProviderRefusal } from '../provider-refusal';
import type { ResourceModel, Session } from '../resource-model';
import { allFeatures, containerOrder } from './container-order';
import { containerState } from './container-state';
import { containerRules } from './container-rules';
import { guestFromImportId, ifThere, nextVmid } from './guest-id';

/** proxmox_virtual_environment_container. */
export const container: ResourceModel = {
  modelled:
    'create, read, update, delete, import; defaults, replacements, suppressed differences, reboots; root disk, mount points, devices, features, network, DNS, tags, protection, power state',
  notModelled: 'clone, idmap over SSH, waiting for addresses, timeouts',
  rules: containerRules,

  replaceAlso: ({ prior, planned }) => (sameLegacyValue(prior.vm_id, planned.vm_id) ? [] : [['vm_id']]),

  validate: (config) =>
    blockOf(config, 'clone') ? ['the rehearsal does not model "clone" of a container'] : [],

  create(planned, session) {
    const { node } = session;
    if (!blockOf(planned, 'operating_system')) throw new ProviderRefusal('"operating_system": required field is not set');
    const vmid = numberOf(planned, 'vm_id') || nextVmid(node);
    createWithRetry(() => createContainer(node, session.caller(), containerOrder(planned, vmid)));
    session.world.guestMade?.(vmid);
    const made = findGuest(node, 'lxc', vmid);
    // A started container is started again: an adopted foreign one is running from now on.
    if (flagOf(planned, 'started', true) && !flagOf(planned, 'template')) startGuest(node, session.caller(), made);
    return containerState(made, planned);
  },

  read: (state, session) => ifThere(() => containerState(findGuest(session.node, 'lxc', Number(state.id)), state)),

  update(prior, planned, session) {
    const { node } = session;
    const vmid = Number(prior.id);
    growRootfs(prior, planned, session);
    const { changes, reboot } = changedSettings(prior, planned, vmid);
    if (Object.keys(changes).length > 0) changeContainer(node, session.caller(), vmid, changes);
    const guest = findGuest(node, 'lxc', vmid);
    const started = flagOf(planned, 'started', true);
    if (!flagOf(planned, 'template')) {
      if (started) startGuest(node, session.caller(), guest);
      else shutdownGuest(node, session.caller(), guest);
      if (started && reboot) rebootGuest(node, session.caller(), guest);
    }
    return containerState(guest, planned);
  },

  remove(state, session) {
    ifThere(() => {
      const guest = findGuest(session.node, 'lxc', Number(state.id));
      // The provider shuts down first: a protected container is left stopped.
      shutdownGuest(session.node, session.caller(), guest);
      destroyGuest(session.node, session.caller(), guest);
      return null;
    });
  },

  importState: guestFromImportId,
};

function growRootfs(prior: ObjectValue, planned: ObjectValue, session: Session): void {
  if (sameLegacyValue(prior.disk, planned.disk)) return;
  const vmid = Number(prior.id);
  const size = formatSize(numberOf(blockOf(planned, 'disk'), 'size', 4) * GIB);
  const now = findGuest(session.node, 'lxc', vmid).rootfs.size;
  if ((parseSize(size) ?? 0) < (parseSize(now) ?? 0)) {
    throw new ProviderRefusal(`new disk size (${size}) has to be greater than the current disk (${now})`);
  }
  if (size !== now) resizeRootfs(session.node, session.caller(), vmid, size);
}

/** Which settings each part of the configuration writes, and whether the provider reboots for it. */
const PARTS: readonly { path: readonly string[]; writes: (keyof ContainerChanges)[]; reboot: boolean; }[] = [
  { path: ['description'], writes: ['description'], reboot: false },
  { path: ['tags'], writes: ['tags'], reboot: false },
  { path: ['protection'], writes: ['protection'], reboot: false },
  { path: ['start_on_boot'], writes: ['onboot'], reboot: false },
  { path: ['startup'], writes: ['settings'], reboot: false },
  { path: ['hook_script_file_id'], writes: ['settings'], reboot: false },
  { path: ['features'], writes: ['features'], reboot: false },
  { path: ['cpu'], writes: ['cores', 'settings'], reboot: false },
  { path: ['console'], writes: ['settings'], reboot: true },
  { path: ['memory'], writes: ['memoryMiB', 'swapMiB'], reboot: true },
  { path: ['environment_variables'], writes: ['settings'], reboot: true },
  { path: ['initialization', 'hostname'], writes: ['name'], reboot: true },
  { path: ['initialization', 'dns'], writes: ['nameserver', 'searchdomain'], reboot: true },
  { path: ['initialization', 'entrypoint'], writes: ['settings'], reboot: true },
  { path: ['initialization', 'ip_config'], writes: ['networks'], reboot: true },
  { path: ['network_interface'], writes: ['networks'], reboot: true },
  { path: ['operating_system', 'type'], writes: ['ostype'], reboot: true },
  { path: ['device_passthrough'], writes: ['devices'], reboot: true },
  { path: ['mount_point'], writes: ['mounts'], reboot: true },
  { path: ['idmap'], writes: ['settings'], reboot: true },
];

function changedSettings(
  prior: ObjectValue,
  planned: ObjectValue,
  vmid: number,
): { changes: ContainerChanges; reboot: boolean; } {
  const { rootfs: _rootfs, ...order } = containerOrder(planned, vmid);
  const wanted: ContainerChanges = { ...order, features: allFeatures(planned) };
  const changed = PARTS.filter(({ path }) => !sameLegacyValue(at(prior, path), at(planned, path)));
  const names = new Set(changed.flatMap((part) => part.writes));
  const changes = Object.fromEntries([...names].map((name) => [name, wanted[name]])) as ContainerChanges;
  const mountOptions = (state: ObjectValue): Value => blockOf(state, 'disk')?.mount_options ?? null;
  const remount = !sameMembers(mountOptions(prior), mountOptions(planned));
  return { changes, reboot: remount || changed.some((part) => part.reboot) };
}

/** The value at a path through single blocks. */
function at(state: ObjectValue, [first, second]: readonly string[]): Value {
  return second === undefined ? (state[first] ?? null) : (blockOf(state, first)?.[second] ?? null);
}

