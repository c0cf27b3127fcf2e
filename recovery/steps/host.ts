import { onHost, playRoles, ROLE_CHECKS } from '../ansible';
import type { Command, Step } from '../step';
import type { StepOptions } from '../steps';
import { makeTokenFolder, waitingTokenPath } from '../waiting-token';

/** A step that runs roles of the host's play. */
interface RoleStep extends Pick<Step, 'id' | 'section' | 'title' | 'does' | 'help'> {
  readonly roles: readonly string[];
  /** What is made ready for them. */
  readonly before?: readonly Command[];
  /** Variables that only a rebuild sets. */
  readonly switches?: Readonly<Record<string, unknown>>;
}

const roleSteps = (options: StepOptions): readonly RoleStep[] => [
  {
    id: 'host',
    section: 2,
    title: 'Host: repositories, kernel, network',
    does: 'Makes a fresh Proxmox VE one that is kept up to date and reached by key only, and checks its bridge.',
    roles: ['pve-init', 'pve-bridge'],
    before: [makeTokenFolder(options)],
    switches: { pve_init_api_token_secret_file: waitingTokenPath(options) },
    help: '2-to-6-the-host',
  },
  {
    id: 'pool',
    section: 3,
    title: 'Pool back, guests held until it is',
    does: 'Imports the recorded pool by its GUID and mounts it, and stops without a change when anything is not as recorded.',
    roles: ['zfs_setup'],
    help: '2-to-6-the-host',
  },
  {
    id: 'storages',
    section: 4,
    title: 'Storages under their old names',
    does: 'Defines the storages that guests and archives refer to by name, and places the snippet of templates.',
    roles: ['pve_storage', 'pve_template'],
    switches: { pve_storage_recover: true },
    help: '2-to-6-the-host',
  },
  {
    id: 'card',
    section: 5,
    title: 'Graphics card',
    does: 'Installs the driver for the pinned kernel and restarts the host into both when that is due.',
    roles: ['nvidia-passthrough'],
    switches: { nvidia_passthrough_reboot: true },
    help: '2-to-6-the-host',
  },
  {
    id: 'guests',
    section: 6,
    title: 'Configurations of the guests',
    does: "Writes each container's configuration from the newest archive, where its disk is; copies no data and starts nothing.",
    roles: ['pve_backup'],
    switches: { pve_backup_recover: true },
    help: '2-to-6-the-host',
  },
];

/** Steps 2 to 6: what Ansible does on the host. Roles that the host's play does not have are left out. */
export function hostSteps(options: StepOptions): Step[] {
  const { house } = options;
  return roleSteps(options).flatMap(({ roles, before = [], switches, ...step }) => {
    const present = roles.filter((role) => house.roles?.includes(role) ?? true);
    if (present.length === 0) return [];
    const checks = present.flatMap((role) => ROLE_CHECKS[role] ?? []);
    const check = checks.length > 0 ? onHost(house, ['set -e', ...checks].join('\n')) : undefined;
    return [{ ...step, by: 'program' as const, commands: [...before, playRoles(house, present, switches)], ...(check ? { check } : {}) }];
  });
}
