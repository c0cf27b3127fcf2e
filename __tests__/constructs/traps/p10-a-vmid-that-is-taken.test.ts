import { checkHomelab } from '../../../constructs';
import { withService } from '../../helpers/alter';
import { houses } from '../../helpers/houses';

describe.each(houses)('P10, a container made under a VMID that is taken would adopt a foreign guest: $house', ({ lab, emitted }) => {
  test('every guest has the VMID of its definition, and no two the same in both stacks together', () => {
    const guests = [...Object.values(emitted.containers), ...Object.values(emitted.machines)].map((guest) => guest.vm_id);
    const defined = [...lab.services, lab.template].map((guest) => guest.vmId);
    expect(guests.sort()).toEqual(defined.sort());
    expect(new Set(guests).size).toBe(guests.length);
  });

  test.each(lab.services.map(({ name }) => name))('%s cannot take the VMID of another, nor that of the template', (name) => {
    const others = [...lab.services.filter((service) => service.name !== name), lab.template];
    for (const { vmId } of others) {
      const problems = checkHomelab(withService(name, { vmId }, lab));
      expect(problems.map(({ rule }) => rule)).toEqual(['a VMID is used once in the house']);
    }
  });
});

test('P10: the hand-over tells Ansible which machine Terraform made, so that it talks to no other', () => {
  const { emitted } = houses[0];
  expect(emitted.stack('services').resource.local_file['hand-over'].content).toContain('"n8n" = {"vm_id" = 102, "mac" = proxmox_virtual_environment_container.n8n.network_interface[0].mac_address}');
  expect(emitted.ansible('inventories/host_vars/n8n.yml').guest_base_expected_mac).toContain("homelab_handover_services['n8n'].mac");
});
