import { join } from 'node:path';

import type { House } from './house';
import type { Command } from './step';

const PLAYBOOK = join(__dirname, 'roles.yml');

/** Names the guests of the house to Ansible, for the role that puts their configurations back. */
function guestVariables({ guests }: House): Record<string, unknown> {
  return guests ? { pve_backup_restore_guests: guests } : {};
}

/** Runs roles on the host, with its variables from the inventory. */
export function playRoles(house: House, roles: readonly string[], switches: Readonly<Record<string, unknown>> = {}): Command {
  const variables = JSON.stringify({ recovery_roles: roles, ...switches });
  const guests = roles.includes('pve_backup') && house.guests ? ['-e', JSON.stringify(guestVariables(house))] : [];
  return ['ansible-playbook', '--inventory', house.inventory, '-e', variables, ...guests, PLAYBOOK];
}

/** Runs a shell script on the host; variables of the inventory in double braces are filled in. */
export function onHost(house: House, script: string): Command {
  const guests = script.includes('pve_backup_restore_guests') && house.guests ? ['-e', JSON.stringify(guestVariables(house))] : [];
  return ['ansible', 'metal', '--inventory', house.inventory, ...guests, '-m', 'ansible.builtin.shell', '-a', JSON.stringify({ cmd: script })];
}

/**
 * What a role leaves behind last, looked at by a script on the host. A step is done when that holds for all its roles
 * that have one.
 */
export const ROLE_CHECKS: Readonly<Record<string, string>> = {
  'pve-init': String.raw`pveum user token list {{ pve_init_api_user }} --output-format json | grep -Eq '"tokenid" *: *"{{ pve_init_api_token }}"'`,
  'pve-bridge': "ip -brief -4 address show dev {{ pve_bridge_name }} | grep -qF ' {{ pve_bridge_address }}'",
  zfs_setup: '/usr/local/sbin/{{ zfs_setup_pool }}-guard',
  pve_storage:
    "for id in {{ (pve_storage_directories + pve_storage_zfspools) | map(attribute='id') | join(' ') }}; do pvesm status | grep -Eq \"^$id +[a-z]+ +active\" || { echo \"storage $id is not active\"; exit 1; }; done",
  'nvidia-passthrough':
    "for node in {{ nvidia_passthrough_devices | join(' ') }}; do test -c $node || { echo \"$node is missing\"; exit 1; }; done; nvidia-smi --query-gpu=driver_version --format=csv,noheader | grep -qx '{{ nvidia_passthrough_driver_version }}'",
  pve_backup:
    "for id in {{ pve_backup_restore_guests | map(attribute='vmid') | join(' ') }}; do if zfs list -H -o name -t filesystem -r {{ pve_backup_pool | default('tank') }} | grep -Eq \"/subvol-$id-disk-[0-9]+$\"; then ls /etc/pve/nodes/*/lxc/$id.conf || { echo \"container $id has a disk and no configuration\"; exit 1; }; fi; done; systemctl is-enabled pve-backup-verify.timer",
};
