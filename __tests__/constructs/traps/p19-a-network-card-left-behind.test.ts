import { houses } from '../../helpers/houses';

describe.each(houses)('P19, a network card taken away leaves its address behind: $house', ({ emitted }) => {
  test('every guest has one card and one address', () => {
    for (const container of Object.values(emitted.containers)) {
      expect(container.network_interface).toHaveLength(1);
      expect(container.initialization.ip_config).toHaveLength(1);
    }
    for (const machine of Object.values(emitted.machines)) {
      expect(machine.network_device).toHaveLength(1);
      expect(machine.initialization.ip_config).toHaveLength(1);
    }
  });
});
