import { withService } from '../../helpers/alter';
import { emit } from '../../helpers/emitted';
import { smallHouse } from '../../helpers/small-house';

describe('P5, an imported container would be replaced by the next plan', () => {
  const container = emit(withService('miniflux', { importExisting: true }));

  test('an import block names node and VMID of the one container', () => {
    expect(container.stack('services').import).toEqual([{ to: 'proxmox_virtual_environment_container.miniflux', id: 'loft/4003' }]);
    expect(container.stack('foundation').import).toBeUndefined();
  });

  test('what the provider cannot read back is left alone, field by field', () => {
    expect(container.containers.miniflux.lifecycle.ignore_changes).toEqual(
      expect.arrayContaining(['initialization[0].user_account', 'operating_system']),
    );
    expect(container.containers.miniflux.lifecycle.ignore_changes).not.toContain('all');
  });

  test('nothing is taken over unless the owner names it', () => {
    expect(emit(smallHouse).stack('services').import).toBeUndefined();
  });
});
