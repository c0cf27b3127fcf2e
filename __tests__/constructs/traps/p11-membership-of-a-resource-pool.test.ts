import { houses } from '../../helpers/houses';

describe.each(houses)('P11, a pool_id would replace the guest and is never read back: $house', ({ emitted }) => {
  test('no guest has one', () => {
    for (const guest of [...Object.values(emitted.containers), ...Object.values(emitted.machines)]) expect(guest).not.toHaveProperty('pool_id');
  });
});
