import { onHost } from '../ansible';
import type { Step } from '../step';
import type { StepOptions } from '../steps';

/** What only hands can do, before any program may run. */
export function ownerSteps({ house }: StepOptions): Step[] {
  const ssh = (script: string) => ['ssh', `root@${house.address}`, script];
  return [
    {
      id: 'save',
      section: 0,
      title: 'Save what the old system still gives',
      does: 'Stops the guests, archives the host configuration and lets the pool go cleanly, if the old system still runs.',
      by: 'owner',
      commands: [ssh('systemctl stop pve-guests.service'), ssh('systemctl start pve-host-config-backup.service'), ssh(`zpool export ${house.pool}`)],
      help: '0-if-the-old-system-still-runs',
    },
    {
      id: 'unplug',
      section: 1,
      title: 'Unplug the data disks',
      does: 'Keeps the installer away from the pool, whatever it is told: take the cable off every disk but the new boot disk.',
      by: 'owner',
      commands: [],
      help: '1-install',
    },
    {
      id: 'install',
      section: 1,
      title: 'Install Proxmox VE',
      does: `Puts Proxmox VE on the new boot disk, with the old name ${house.node} and the old address ${house.address}; see docs/hardware-setup.md.`,
      by: 'owner',
      commands: [['ssh-keygen', '-R', house.address], ssh('pveversion')],
      check: onHost(house, 'pveversion'),
      help: '1-install',
    },
    {
      id: 'plug',
      section: 1,
      title: 'Plug the data disks in again',
      does: 'Switch the host off, connect the data disks, start it; no guest can start, because it has no configuration yet.',
      by: 'owner',
      commands: [ssh('lsblk -d -o NAME,SERIAL,SIZE')],
      check: onHost(house, "zpool list {{ zfs_setup_pool }} 2>/dev/null || zpool import | grep 'pool: {{ zfs_setup_pool }}$'"),
      help: '1-install',
    },
  ];
}
