import { houses } from '../../helpers/houses';

describe.each(houses)('P9, guests made all at once run into locks and timeouts: $house', ({ emitted }) => {
  test('no VMID has to be asked for, which is where two creates would meet', () => {
    for (const container of Object.values(emitted.containers)) expect(Number.isInteger(container.vm_id)).toBe(true);
    for (const stack of emitted.stacks) expect(stack.provider.proxmox[0]).not.toHaveProperty('random_vm_ids');
  });

  test('a create waits as long as the provider can: 20 minutes, however much more is asked for', () => {
    for (const container of Object.values(emitted.containers)) {
      expect(container).toMatchObject({ timeout_create: 1200, timeout_update: 1200, timeout_delete: 60 });
    }
  });
});
