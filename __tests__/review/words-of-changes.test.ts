import { said, type Row } from './said';
import { change, machine, n8n, update, VM } from './plans';

const STORAGE = 'proxmox_storage_zfspool';
const tank = { id: 'tank', content: ['images'], nodes: ['pve'] };
const of = (type: string, name = 'it') => ({ type, name });

/** Storages, disks, and what guests have: everything that is said, word for word. */
const rows: readonly Row[] = [
  [
    'a removed storage',
    [change(['delete'], tank, null, of(STORAGE))],
    {},
    'removes-storage (loss): this would remove the storage tank: guests on it lose their disks | keep it in the definition [allow]',
  ],
  [
    'a replaced storage',
    [change(['delete', 'create'], { name: 'fast' }, tank, of(STORAGE))],
    {},
    'removes-storage (loss): this would remove the storage fast: guests on it lose their disks | keep it in the definition [allow]',
  ],
  [
    'a forgotten storage without a name',
    [change(['forget'], {}, null, of(STORAGE))],
    {},
    'removes-storage (loss): this would leave to nobody the storage it: guests on it lose their disks | keep it in the definition [allow]',
  ],
  [
    'a new zpool',
    [change(['create'], null, { name: 'fast', devices: ['/dev/sdb'] }, of('proxmox_node_disk_zfs'))],
    {},
    'makes-pool (loss): this would make the zpool fast on the disks ["/dev/sdb"]: what is on them is gone | pools are made and imported by Ansible, which looks at the disks first [allow]',
  ],
  [
    'a new zpool on nothing',
    [change(['create'], null, {}, of('proxmox_node_disk_zfs'))],
    {},
    'makes-pool (loss): this would make the zpool it on the disks []: what is on them is gone | pools are made and imported by Ansible, which looks at the disks first [allow]',
  ],
  [
    'a changed zpool',
    [change(['update'], { name: 'fast' }, { name: 'fast', devices: ['/dev/sdc'] }, of('proxmox_node_disk_zfs'))],
    {},
    'makes-pool (loss): this would change the zpool fast on the disks ["/dev/sdc"]: what is on them is gone | pools are made and imported by Ansible, which looks at the disks first [allow]',
  ],
  [
    'an imported zpool',
    [change(['no-op'], { name: 'fast' }, { name: 'fast' }, { ...of('proxmox_node_disk_zfs'), importing: 'fast' })],
    {},
    'makes-pool (loss): this would make the zpool fast on the disks []: what is on them is gone | pools are made and imported by Ansible, which looks at the disks first [allow]',
  ],
  [
    'a narrowed storage',
    [change(['update'], tank, { ...tank, content: [], zfs_pool: 'other' }, of(STORAGE))],
    {},
    'narrows-storage (outage): this would change the storage tank: content ["images"] -> [], zfs_pool nothing -> other; guests may not find their disks there | leave the storage as it is [allow]',
  ],
  [
    'a disk that goes',
    [update({ disk: [] })],
    {},
    'removes-disk (loss): this would take the root disk (8G) away from the container 102 (n8n) | put it back into the definition [allow]',
  ],
  [
    'a smaller disk',
    [update({ disk: [{ datastore_id: 'tank', size: 4 }] })],
    {},
    'shrinks-disk (loss): this would shrink the root disk from 8G to 4G, of the container 102 (n8n) | set the size back; to give space back, make a new guest and copy the data [allow]',
  ],
  [
    'a disk elsewhere',
    [update({ disk: [{ datastore_id: 'local', size: 8 }] })],
    {},
    'moves-disk (loss): this would move the root disk: datastore_id tank -> local, of the container 102 (n8n) | leave the disk where it is; move it by hand (pct move-volume, qm disk move) and then write down where it is [allow]',
  ],
  [
    'a guest without its protection',
    [update({ protection: false })],
    {},
    'unprotects-guest (loss): this would take the protection from the container 102 (n8n): the next change may destroy it | keep its protection; a service that holds data keeps() it [allow]',
  ],
  [
    'a changed backup job',
    [change(['update'], { id: 'daily', schedule: '21:00', mailto: 'a' }, { id: 'daily', schedule: '', mailto: 'b', enabled: true }, of('proxmox_backup_job'))],
    {},
    'changes-backup (loss): this would update the backup job daily: schedule 21:00 -> nothing, enabled nothing -> true; guests may be left without backups, or old ones be pruned | leave it as it is [allow]',
  ],
  [
    'a removed backup job',
    [change(['delete'], { id: 'daily' }, null, of('proxmox_backup_job'))],
    {},
    'changes-backup (loss): this would delete the backup job daily; guests may be left without backups, or old ones be pruned | leave it as it is [allow]',
  ],
  [
    'a replaced right',
    [change(['delete', 'create'], { name: 'terraform' }, {}, of('proxmox_acl'))],
    {},
    'changes-right (outage): this would replace the right terraform; whoever works with it, Terraform among them, may be locked out | leave it as it is [allow]',
  ],
  [
    'a forgotten firewall',
    [change(['forget'], {}, null, of('proxmox_virtual_environment_firewall_rules'))],
    {},
    'changes-firewall (outage): this would forget the firewall it; the host or a guest may stand open, or be cut off | leave it as it is [allow]',
  ],
  [
    'a changed bridge',
    [change(['update'], { name: 'vmbr0', mtu: 1500 }, { name: 'vmbr0', mtu: 9000 }, of('proxmox_network_linux_bridge'))],
    {},
    "changes-bridge (outage): this would update the network vmbr0: mtu 1500 -> 9000; the host's network is loaded again, and everything on it may be cut off | leave it as it is [allow]",
  ],
  [
    'a removed pool',
    [change(['delete'], { id: 'p' }, null, of('proxmox_virtual_environment_pool'))],
    {},
    'changes-pool (outage): this would delete the pool p; backup jobs and rights may go by the pool | leave it as it is [allow]',
  ],
  [
    'a type that the judge does not know',
    [change(['delete'], {}, null, of('docker_container'))],
    {},
    'unknown-type (unclear): this judge does not know the type docker_container, and the plan would delete one: it may be a guest, or hold data | add the type to review/kinds.ts, with what its loss loses [allow]',
  ],
  [
    'an import of such a type',
    [change(['no-op'], {}, {}, { ...of('docker_container'), importing: 'x' })],
    {},
    'unknown-type (unclear): this judge does not know the type docker_container, and the plan would import one: it may be a guest, or hold data | add the type to review/kinds.ts, with what its loss loses [allow]',
  ],
  [
    'a change that the judge does not know',
    [update({ node_name: 'other', template: true })],
    {},
    'unknown-change (unclear): this would change node_name, template of the container 102 (n8n) in place, and this judge does not know what that does | leave the change out, or teach review/rules/unknown.ts what the provider does [allow]',
  ],
  [
    'a program that runs for nothing',
    [change(['delete', 'create'], {}, {}, of('null_resource'))],
    {},
    'runs-program (unclear): its program would run again, though neither its definition nor a resource of its name changed (no reason given) | leave out what triggers it [allow]',
  ],
  [
    'a program that runs for nothing, with a reason',
    [change(['delete', 'create'], {}, {}, { ...of('null_resource'), reason: 'replace_by_triggers' })],
    {},
    'runs-program (unclear): its program would run again, though neither its definition nor a resource of its name changed (replace_by_triggers) | leave out what triggers it [allow]',
  ],
  [
    'a stopped guest',
    [update({ started: false })],
    {},
    'stops-guest (outage): this would stop the running container 102 (n8n) | leave it started [allow]',
  ],
  [
    'the stopped guest that keeps the state',
    [update({ started: false })],
    { stateVmid: 102 },
    'stops-guest (outage): this would stop the running container 102 (n8n); it keeps the state, which then cannot be written | leave it started [allow]',
  ],
  [
    'another operating system',
    [update({ operating_system: [{ type: 'ubuntu' }] })],
    { restarts: 1 },
    'changes-os-family (outage): this would call what is installed in the container 102 (n8n) another system, debian -> ubuntu: it is stopped and does not start again | another image is for new guests; leave the type of those that exist [allow]',
  ],
  [
    'the restarted guest that keeps the state',
    [update({ memory: [{ dedicated: 1024, swap: 512 }], console: [{ type: 'tty' }] })],
    { stateVmid: 102 },
    'restarts-state (outage): guest 102 keeps the state, and this would restart it while Terraform has to write there | change it last and alone, with a fresh copy of the state [allow]',
    "restarts-guest (outage): this would restart the running container 102 (n8n) because of console, memory; 1 would be restarted, 0 announced | do it when nobody is using it, or leave the change out [allow], or for all of them: --reboots 1",
  ],
  [
    'an interface that goes',
    [update({ network_interface: [] })],
    { restarts: 1 },
    'changes-network (outage): this would change how the container 102 (n8n) is reached: the interface eth0 (BC:24:11:00:01:02) goes | leave its network as it is; what others know of it (DNS, firewall, other services) must change with it [allow]',
  ],
  [
    'an interface without a name that goes',
    [change(['update'], { ...machine, network_device: [{ bridge: 'vmbr0' }] }, { ...machine, network_device: [] }, { type: VM })],
    {},
    'changes-network (outage): this would change how the virtual machine 300 (windows) is reached: the interface 0 (without a MAC address) goes | leave its network as it is; what others know of it (DNS, firewall, other services) must change with it [allow]',
  ],
  [
    'a device that goes',
    [change(['update'], { ...n8n, device_passthrough: [{ path: '/dev/dri/card0' }] }, n8n)],
    { restarts: 1 },
    'removes-device (outage): this would take the device /dev/dri/card0 (device_passthrough) from the container 102 (n8n) | put it back into the definition [allow]',
  ],
  [
    'what is only told',
    [update({ memory: [{ dedicated: 256 }], cpu: [{ cores: 1 }] }), change(['create'], null, {}, of('proxmox_acl')), change(['forget'], {}, null, of('local_file')), change(['create'], null, {}, of('terraform_data', 'p'))],
    { restarts: 1 },
    'lowers-guest (told): the container 102 (n8n) gets less: 512 -> 256 MiB of memory | ',
    'lowers-guest (told): the container 102 (n8n) gets less: 256 -> nothing MiB of swap | ',
    'lowers-guest (told): the container 102 (n8n) gets less: 2 -> 1 cores | ',
    'makes-kept (told): a new right | ',
    'forgets-resource (told): it stays, and Terraform no longer knows it | ',
    'tells-program (told): its program runs: it has not run yet | ',
  ],
];

test.each(rows.map((row) => ({ what: row[0], row })))('what is said of $what', ({ row: [, changes, told, ...lines] }) => expect(said(changes, told)).toEqual(lines));
