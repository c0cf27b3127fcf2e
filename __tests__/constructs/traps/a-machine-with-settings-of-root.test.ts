import { houses } from '../../helpers/houses';

describe.each(houses)('a virtual machine with its architecture set needs root, and the provider itself refuses: $house', ({ emitted }) => {
  test('it is left to Proxmox VE', () => {
    for (const machine of Object.values(emitted.machines)) {
      expect(machine.cpu).not.toHaveProperty('architecture');
      expect(machine).not.toHaveProperty('kvm_arguments');
      expect(machine).not.toHaveProperty('hook_script_file_id');
      expect(machine).not.toHaveProperty('hostpci');
    }
  });

  test('a template neither runs nor starts with the host', () => {
    for (const machine of Object.values(emitted.machines)) expect(machine).toMatchObject({ template: true, started: false, on_boot: false });
  });
});
