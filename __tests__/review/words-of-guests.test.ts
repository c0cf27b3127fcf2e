import { said, type Row } from './said';
import { change, GUESTS, machine, n8n, update, VM } from './plans';

const nobody = { guests: [] };
const scratch = { vm_id: 102, started: true };
const mounts = (...paths: string[]) => paths.map((path) => ({ path, size: '1G', volume: `tank:${path}` }));

/** Whose guest it is, and whether it is lost: everything that is said, word for word. */
const rows: readonly Row[] = [
  [
    'a VMID under which other MAC addresses are found',
    [change(['update'], { ...n8n, description: 'x' }, n8n)],
    { plan: { resource_drift: [change(['update'], n8n, { ...n8n, initialization: [{ hostname: 'photos' }], network_interface: [{ mac_address: 'bc:24:11:00:00:09' }, { mac_address: 'bc:24:11:00:00:0a' }] })] } },
    "recycled-guest (loss): guest 102 was 'n8n' with MAC BC:24:11:00:01:02, it is now 'photos' with MAC BC:24:11:00:00:09, BC:24:11:00:00:0A | give the other guest back its own VMID, or choose a free one for the service; if it is the same guest, changed or restored by hand, set its name and MAC address back, or name it [allow]",
  ],
  [
    'a VMID that the host calls by another name',
    [change(['no-op'], n8n, n8n)],
    { guests: [{ vmid: 102, type: 'lxc', name: 'photos' }] },
    "recycled-guest (loss): guest 102 was 'n8n' with MAC BC:24:11:00:01:02, and the host's list calls it 'photos' | give the other guest back its own VMID, or choose a free one for the service; if it is the same guest, changed or restored by hand, set its name and MAC address back, or name it [allow]",
  ],
  [
    'a VMID whose guest has neither name nor MAC address any more',
    [change(['no-op'], { vm_id: 102 }, { vm_id: 102 })],
    { plan: { resource_drift: [change(['update'], { vm_id: 102, network_interface: [{ mac_address: 'AA' }] }, { vm_id: 102 })] } },
    'recycled-guest (loss): guest 102 was without a name with MAC AA, it is now without a name | give the other guest back its own VMID, or choose a free one for the service; if it is the same guest, changed or restored by hand, set its name and MAC address back, or name it [allow]',
  ],
  [
    'a rename',
    [change(['delete'], n8n, null), change(['create'], null, n8n, { name: 'workflows' })],
    {},
    "renames-guest (loss): proxmox_virtual_environment_container.n8n and this are one guest, the container 102 (n8n): the plan would destroy it under the old address and make it under this one, in no order | say in the definition that it is the same guest: formerly: 'n8n' on 'workflows', which keeps guest 102 as it is",
  ],
  [
    'a rename to another type',
    [change(['delete'], n8n, null), change(['create'], null, { ...machine, vm_id: 102 }, { type: VM })],
    {},
    'renames-guest (loss): proxmox_virtual_environment_container.n8n and this are one guest, the container 102 (n8n): the plan would destroy it under the old address and make it under this one, in no order | keep its type, or give the new one another VMID and retire proxmox_virtual_environment_container.n8n by itself',
  ],
  [
    'a destroyed guest with two mount points',
    [change(['delete'], { ...n8n, mount_point: mounts('/a', '/b') }, null)],
    {},
    'destroys-guest (loss): this would destroy the container 102 (n8n): it is protected, it has 2 mount points, its root disk exists only once | put it back into the definition, or back it up first [allow]',
  ],
  [
    'a destroyed guest without protection',
    [change(['delete'], { ...scratch, mount_point: mounts('/a') }, null)],
    nobody,
    'destroys-guest (loss): this would destroy the container 102: it has 1 mount point, its root disk exists only once | put it back into the definition, or back it up first [allow]',
  ],
  [
    'a destroyed template',
    [change(['delete'], { ...scratch, template: true }, null)],
    nobody,
    'destroys-guest (loss): this would destroy the container 102 | put its values back, and renew it beside the old one, under another VMID and name: docs/everyday.md, "Renew the template" [allow]',
  ],
  [
    'a replaced guest',
    [change(['delete', 'create'], n8n, n8n)],
    {},
    'replaces-guest (loss): this would destroy and create anew the container 102 (n8n): it is protected, its root disk exists only once | make the change by hand (pct set, pct resize) and then in the definition, or back it up first [allow]',
  ],
  [
    'an update to another VMID',
    [update({ vm_id: 121 })],
    {},
    'replaces-guest (loss): this would destroy and create anew the container 102 (n8n): it is protected, its root disk exists only once | make the change by hand (pct set, pct resize) and then in the definition, or back it up first [allow]',
  ],
  [
    'a forgotten guest',
    [change(['forget'], n8n, null)],
    {},
    'forgets-guest (unclear): this would leave the container 102 (n8n) running without anybody who knows it: the next plan that makes one on its VMID takes it over | put it back into the definition [allow]',
  ],
  [
    'a VMID taken by a nameless guest of another type',
    [change(['create'], null, n8n)],
    { guests: [{ vmid: 102, type: 'qemu' }] },
    'adopts-guest (loss): VMID 102 is taken by a guest (qemu, unknown), which this state does not know: the provider would report success, take it over as this container, and the next plan would destroy it | choose a free VMID',
  ],
  [
    'a VMID taken by a guest of another name',
    [change(['create'], null, n8n)],
    { guests: [{ vmid: 102, type: 'qemu', name: 'photos', status: 'running' }] },
    'adopts-guest (loss): VMID 102 is taken by photos (qemu, running), which this state does not know: the provider would report success, take it over as this container, and the next plan would destroy it | choose a free VMID',
  ],
  [
    'a VMID taken by a guest of the planned name',
    [change(['create'], null, n8n)],
    { stack: 'services' },
    'adopts-guest (loss): VMID 102 is taken by n8n (lxc, running), which this state does not know: the provider would report success, take it over as this container, and the next plan would destroy it | choose a free VMID; if the guest is yours, left by an interrupted run, bring it in: ./house state run services -- import proxmox_virtual_environment_container.n8n NODE/102',
  ],
  [
    'a VMID taken by what may be the planned guest',
    [change(['create'], null, scratch)],
    { stack: 'services' },
    'adopts-guest (loss): VMID 102 is taken by n8n (lxc, running), which this state does not know: the provider would report success, take it over as this container, and the next plan would destroy it | choose a free VMID; if the guest is yours, left by an interrupted run, bring it in: ./house state run services -- import proxmox_virtual_environment_container.n8n NODE/102',
  ],
  [
    'a VMID that another guest of the plan leaves',
    [change(['delete', 'create'], n8n, { ...n8n, vm_id: 103 }), change(['create'], null, n8n, { name: 'gitea' })],
    {},
    'replaces-guest (loss): this would destroy and create anew the container 102 (n8n): it is protected, its root disk exists only once | make the change by hand (pct set, pct resize) and then in the definition, or back it up first [allow]',
    'adopts-guest (loss): VMID 102 is taken by n8n (lxc, running), which is proxmox_virtual_environment_container.n8n until this plan is done: the provider would report success, take it over as this container, and the next plan would destroy it | choose a free VMID, or make the two changes one after the other',
  ],
  [
    'a state that knows of nothing',
    [change(['create'], null, n8n), change(['create'], null, { ...n8n, vm_id: 99 }, { name: 'b' }), change(['create'], null, { ...n8n, vm_id: 120 }, { name: 'c' })],
    { plan: { prior_state: {} }, stack: 'services', guests: undefined, host: { guests: GUESTS, disks: ['tank/vm-99-disk-0'] } },
    "adopts-guest (loss): VMID 102 is taken by n8n (lxc, running), which this state does not know: the provider would report success, take it over as this container, and the next plan would destroy it | the state of 'services' is empty, while guests of it are on the host (99, 102); bring the state back: ./house state copies services, then restore",
    "doubles-disk (loss): this would be made with a new, empty disk beside tank/vm-99-disk-0, which belongs to no guest | the state of 'services' is empty, while guests of it are on the host (99, 102); bring the state back: ./house state copies services, then restore",
  ],
  [
    'an import',
    [change(['no-op'], n8n, n8n, { importing: 'pve/102' })],
    {},
    'imports-guest (unclear): this would bring the container 102 (n8n) into the state: from then on plans change it | take the import block, or importExisting, out of the definition [allow]',
  ],
  [
    'an import of a guest of another name and type',
    [change(['no-op'], n8n, n8n, { importing: 'pve/102' })],
    { guests: [{ vmid: 102, type: 'qemu', name: 'photos' }] },
    "imports-stranger (loss): guest 102 is 'photos', and the definition says 'n8n' | correct the VMID or the name in the definition",
    'imports-stranger (loss): guest 102 is qemu, and the definition says lxc | correct the VMID or the name in the definition',
    'imports-guest (unclear): this would bring the container 102 (n8n) into the state: from then on plans change it | take the import block, or importExisting, out of the definition [allow]',
  ],
  [
    'an import of a guest that is not listed',
    [change(['no-op'], n8n, n8n, { importing: 'pve/102' })],
    nobody,
    "imports-stranger (loss): guest 102 would be imported, and the host's list has no such guest | correct the VMID or the name in the definition",
    'imports-guest (unclear): this would bring the container 102 (n8n) into the state: from then on plans change it | take the import block, or importExisting, out of the definition [allow]',
  ],
  [
    'an import without a VMID',
    [change(['no-op'], {}, {}, { importing: 'pve/102' })],
    nobody,
    "imports-stranger (loss): guest without a VMID would be imported, and the host's list has no such guest | correct the VMID or the name in the definition",
    'imports-guest (unclear): this would bring the container without a VMID into the state: from then on plans change it | take the import block, or importExisting, out of the definition [allow]',
  ],
  [
    'an import of a guest whose name only Terraform found',
    [change(['update'], { ...n8n, initialization: [{ hostname: 'photos' }] }, n8n, { importing: 'pve/102' })],
    { guests: [{ vmid: 102, type: 'lxc' }], restarts: 1 },
    "imports-stranger (loss): guest 102 is 'photos', and the definition says 'n8n' | correct the VMID or the name in the definition",
    'imports-guest (unclear): this would bring the container 102 (photos) into the state: from then on plans change it | take the import block, or importExisting, out of the definition [allow]',
    'changes-imported (unclear): taking over the container 102 (photos) would change it: initialization[0].hostname photos -> n8n, initialization[0].ip_config[0].ipv4[0].address nothing -> 192.0.2.102/24, initialization[0].ip_config[0].ipv4[0].gateway nothing -> 192.0.2.1 | write into the definition what the guest has now, and change it afterwards [allow]',
  ],
  [
    'an import without a name in the definition',
    [change(['no-op'], scratch, scratch, { importing: 'pve/102' })],
    {},
    'imports-guest (unclear): this would bring the container 102 into the state: from then on plans change it | take the import block, or importExisting, out of the definition [allow]',
  ],
  [
    'an import that changes what it takes over',
    [change(['update'], n8n, { ...n8n, description: 'new', tags: ['a'], timeout_create: 9 }, { importing: 'pve/102' })],
    {},
    'imports-guest (unclear): this would bring the container 102 (n8n) into the state: from then on plans change it | take the import block, or importExisting, out of the definition [allow]',
    'changes-imported (unclear): taking over the container 102 (n8n) would change it: description Workflows -> new, tags[0] nothing -> a | write into the definition what the guest has now, and change it afterwards [allow]',
  ],
  [
    'an import that changes what only the state has',
    [change(['update'], machine, { ...machine, purge_on_destroy: true, stop_on_destroy: true, delete_unreferenced_disks_on_destroy: true, migrate: true, reboot: true, reboot_after_update: true }, { importing: 'pve/300', type: VM })],
    {},
    'imports-guest (unclear): this would bring the virtual machine 300 (windows) into the state: from then on plans change it | take the import block, or importExisting, out of the definition [allow]',
  ],
  [
    'an import that changes what is called like that',
    [change(['update'], machine, { ...machine, reboots: 1, my_timeout_x: 1 }, { importing: 'pve/300', type: VM })],
    {},
    'imports-guest (unclear): this would bring the virtual machine 300 (windows) into the state: from then on plans change it | take the import block, or importExisting, out of the definition [allow]',
    'changes-imported (unclear): taking over the virtual machine 300 (windows) would change it: reboots nothing -> 1, my_timeout_x nothing -> 1 | write into the definition what the guest has now, and change it afterwards [allow]',
    'unknown-change (unclear): this would change reboots, my_timeout_x of the virtual machine 300 (windows) in place, and this judge does not know what that does | leave the change out, or teach review/rules/unknown.ts what the provider does [allow]',
  ],
  [
    'two guests on one VMID',
    [change(['create'], null, n8n), change(['create'], null, { ...machine, vm_id: 102 }, { type: VM, name: 'twin' })],
    nobody,
    'doubles-vmid (loss): VMID 102 is also given to proxmox_virtual_environment_vm.twin: the second to be made takes the first one over | give each a VMID of its own',
    'doubles-vmid (loss): VMID 102 is also given to proxmox_virtual_environment_container.n8n: the second to be made takes the first one over | give each a VMID of its own',
  ],
  [
    'a VMID that nobody knows yet',
    [change(['create'], null, { ...n8n, vm_id: undefined }, { unknown: { vm_id: true } })],
    {},
    'unknown-vmid (loss): its VMID is only known after apply, so that nobody can see whose it is | write a free VMID into the definition',
  ],
  [
    'a new guest beside an old disk',
    [change(['create'], null, n8n)],
    { host: { guests: [], disks: ['tank/subvol-102-disk-0'] } },
    "doubles-disk (loss): this would be made with a new, empty disk beside tank/subvol-102-disk-0, which belongs to no guest | put its configuration back first: make rebuild ARGS='--only guests', or pct restore; a disk that nobody needs is renamed or destroyed by hand",
  ],
];

test.each(rows.map((row) => ({ what: row[0], row })))('what is said of $what', ({ row: [, changes, told, ...lines] }) => expect(said(changes, told)).toEqual(lines));
