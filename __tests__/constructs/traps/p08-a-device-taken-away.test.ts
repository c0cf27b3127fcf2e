import { houseWithGpu, withService } from '../../helpers/alter';
import { emit, type Emitted } from '../../helpers/emitted';

describe('P8, a device taken away would reboot its guest at every apply', () => {
  const card = houseWithGpu.host.gpu!;
  const withCard = emit(withService('miniflux', { gpu: true }, houseWithGpu));

  test('Terraform never sees a device, neither given nor taken away', () => {
    const without = emit(houseWithGpu);
    expect(JSON.stringify(withCard.stacks)).not.toContain('/dev/');
    expect(without.containers.miniflux).toEqual(withCard.containers.miniflux);
  });

  test('root is told the device nodes in the order of the definition', () => {
    expect(withCard.ansible('inventories/host_vars/loft.yml').nvidia_passthrough_devices).toEqual(card.devices);
  });

  test('giving the card runs the guest’s playbook again', () => {
    const trigger = (emitted: Emitted): unknown => emitted.resources('null_resource').miniflux.triggers;
    expect(trigger(withCard)).not.toEqual(trigger(emit(houseWithGpu)));
  });
});
