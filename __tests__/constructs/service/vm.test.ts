import { withService } from '../../helpers/alter';
import { emit } from '../../helpers/emitted';
import { houseWithMachines } from '../../helpers/house-with-machines';
import { smallHouse } from '../../helpers/small-house';

const emitted = emit(houseWithMachines);
const { forge, anvil, hearth } = emitted.machines;

test('containers beside machines are what they were', () => {
  expect(emitted.containers).toEqual(emit(smallHouse).containers);
});

describe('a machine that is cloned', () => {
  test('copies the template, or stands on it where that is asked for', () => {
    expect(forge.clone).toEqual({ vm_id: 7000, full: true, datastore_id: 'barn', retries: 1 });
    expect(anvil.clone).toEqual({ vm_id: 7000, full: false, retries: 1 });
  });

  test('has its address, keys and user by cloud-init, and its name', () => {
    expect(forge).toMatchObject({ name: 'forge', vm_id: 4010, template: false, started: true, agent: { enabled: true } });
    expect(forge.initialization).toEqual({
      datastore_id: 'barn',
      interface: 'ide2',
      dns: { domain: 'attic.internal', servers: ['10.61.7.253'] },
      ip_config: [{ ipv4: { address: '10.61.6.30/22', gateway: '10.61.7.254' } }],
      user_account: { username: 'warden', keys: smallHouse.sshKeys },
      vendor_data_file_id: 'local:snippets/vendor-base-v1.yaml',
    });
  });

  test('has a disk for each volume, which the guest knows by its serial number', () => {
    expect(forge.disk.map(({ interface: slot, datastore_id, size, serial }: Record<string, unknown>) => [slot, datastore_id, size, serial])).toEqual([
      ['scsi0', 'barn', 12, undefined],
      ['scsi1', 'barn', 17, 'vol-cache'],
      ['scsi2', 'local-lvm', 11, undefined],
    ]);
    expect(emitted.ansible('inventories/host_vars/forge.yml').guest_disks_volumes).toEqual([{ serial: 'vol-cache', path: '/srv/forge' }]);
  });

  test('gives back memory down to what was said, and counts whole', () => {
    expect(forge.memory).toEqual({ dedicated: 1024, floating: 512 });
    expect(anvil.memory).toEqual({ dedicated: 512, floating: 0 });
  });

  test('is protected where data hangs on it', () => {
    expect(forge).toMatchObject({ protection: true, lifecycle: { prevent_destroy: true } });
    expect(anvil.protection).toBe(false);
    expect(anvil.lifecycle).not.toHaveProperty('prevent_destroy');
  });

  test('is configured by Ansible as the template’s user, and nothing is attached on the host', () => {
    expect(emitted.ansible('inventories/host_vars/forge.yml')).toMatchObject({ ansible_user: 'warden', ansible_become: true });
    const plays = emitted.ansible('playbooks/guests/forge.yml');
    expect(plays).toHaveLength(1);
    expect(plays[0].tasks.map((task: Record<string, { name: string }>) => task['ansible.builtin.import_role'].name)).toEqual(['guest_disks', 'guest_base', 'guest_walls', 'node_exporter', 'forge']);
    expect(emitted.resources('null_resource').forge.lifecycle.replace_triggered_by).toEqual(['proxmox_virtual_environment_vm.forge']);
  });

  test('is handed over by a MAC address that is known before it is made', () => {
    expect(forge.network_device[0].mac_address).toBe('BC:24:11:00:0F:AA');
    expect(JSON.stringify(emitted.resources('local_file'))).toContain('BC:24:11:00:0F:AA');
  });
});

describe('a machine with an image of its own', () => {
  test('boots it, with firmware and devices of its own, and is protected: its root disk is its data', () => {
    expect(hearth).not.toHaveProperty('clone');
    expect(hearth).not.toHaveProperty('initialization');
    expect(hearth).toMatchObject({
      bios: 'ovmf',
      efi_disk: { datastore_id: 'barn', type: '4m', pre_enrolled_keys: false },
      tpm_state: { datastore_id: 'barn', version: 'v2.0' },
      hostpci: [{ device: 'hostpci0', mapping: 'tuner', pcie: true }],
      usb: [{ mapping: 'zigbee' }],
      agent: { enabled: false },
      stop_on_destroy: true,
      protection: true,
      lifecycle: { prevent_destroy: true, ignore_changes: ['disk[0].import_from'] },
    });
    expect(hearth.disk[0].import_from).toBe('local:import/haos_ova-16.3-20260301.qcow2');
    expect(emitted.stack('foundation').resource.proxmox_download_file).toHaveProperty('image-haos-ova-16-3-20260301-qcow2');
  });

  test('is no machine of Ansible, and is waited for by nobody there', () => {
    expect(emitted.ansible('inventories/prod.yml').all.children.guests.children.apps.hosts).not.toHaveProperty('hearth');
    expect([...emitted.files.keys()]).not.toContain('ansible/playbooks/guests/hearth.yml');
    expect(emitted.resources('null_resource')).not.toHaveProperty('hearth');
    expect(JSON.stringify(emitted.ansible('playbooks/apps.yml'))).not.toContain('hearth');
  });
});

test('of a machine that exists another template, key, image or snippet changes nothing', () => {
  const renewed = emit({ ...houseWithMachines, template: { ...houseWithMachines.template, vmId: 7001, name: 'newer-seed' }, retiredTemplates: [{ name: 'noble-seed', vmId: 7000 }] });
  expect(renewed.machines.forge.clone.vm_id).toBe(7001);
  for (const machine of [forge, anvil]) expect(machine.lifecycle.ignore_changes).toEqual(['clone', 'initialization[0].user_account', 'initialization[0].vendor_data_file_id']);
});

test('every network card of a machine has all eleven keys', () => {
  for (const { network_device } of [forge, anvil, hearth]) for (const card of network_device) expect(Object.keys(card)).toHaveLength(11);
  expect(anvil.network_device[1]).toMatchObject({ bridge: 'vmbr9', vlan_id: 30, mac_address: null });
});

test('the catalogue, the memory and the backup know what is a machine', () => {
  expect(emitted.text('docs/catalogue.md')).toMatch(/4010 forge[\s\S]*Kind: virtual machine/);
  expect(emitted.ansible('inventories/host_vars/loft.yml').pve_backup_services).not.toHaveProperty('forge');
});

test('a renamed machine keeps its disks: its address moves', () => {
  const moved = emit(withService('forge', { formerly: 'smithy' }, houseWithMachines)).stack('services')['moved'];
  expect(moved).toContainEqual({ from: 'proxmox_virtual_environment_vm.smithy', to: 'proxmox_virtual_environment_vm.forge' });
});
