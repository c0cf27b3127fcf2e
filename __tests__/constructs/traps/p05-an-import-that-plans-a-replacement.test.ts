import { withService } from '../../helpers/alter';
import { emit } from '../../helpers/emitted';
import { smallHouse } from '../../helpers/small-house';

describe('P5, an imported container would be replaced by the next plan', () => {
  const container = emit(withService('miniflux', { importExisting: true }));

  test('what may be taken over names node and VMID of the one container, and no import block is in force for ever', () => {
    expect(JSON.parse(container.text('adopt/manifest.json'))).toEqual({
      foundation: [{ address: 'proxmox_storage_zfspool.barn', id: 'barn' }],
      services: [{ address: 'proxmox_virtual_environment_container.miniflux', id: 'loft/4003' }],
    });
    for (const stack of container.stacks) expect(stack.import).toBeUndefined();
  });

  test('what the provider cannot read back is left alone, field by field', () => {
    expect(container.containers.miniflux.lifecycle.ignore_changes).toEqual(
      expect.arrayContaining(['initialization[0].user_account', 'operating_system']),
    );
    expect(container.containers.miniflux.lifecycle.ignore_changes).not.toContain('all');
  });

  test('nothing is taken over unless the owner names it', () => {
    expect(JSON.parse(emit(smallHouse).text('adopt/manifest.json'))).toMatchObject({ services: [] });
  });
});
