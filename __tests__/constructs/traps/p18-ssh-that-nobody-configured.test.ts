import { houses } from '../../helpers/houses';

describe.each(houses)('P18, the provider reaches for SSH where nobody expects it: $house', ({ emitted }) => {
  test('the provider has no SSH block', () => {
    for (const stack of emitted.stacks) expect(stack.provider.proxmox[0]).not.toHaveProperty('ssh');
  });

  test('nothing that needs SSH is asked for: no uploaded snippet, no disk by file id, no idmap', () => {
    expect(emitted.resources('proxmox_virtual_environment_file')).toEqual({});
    for (const machine of Object.values(emitted.machines)) {
      for (const disk of machine.disk) {
        expect(disk).not.toHaveProperty('file_id');
        expect(disk).toHaveProperty('import_from');
      }
    }
    for (const container of Object.values(emitted.containers)) expect(container).not.toHaveProperty('idmap');
  });
});
