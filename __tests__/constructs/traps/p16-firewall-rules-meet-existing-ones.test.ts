import { houses } from '../../helpers/houses';

describe.each(houses)('P16, a firewall resource refuses a guest that has rules already: $house', ({ emitted }) => {
  test('Terraform manages no firewall, and switches none on for a guest', () => {
    const types = emitted.stacks.flatMap((stack) => Object.keys(stack.resource));
    expect(types.filter((type) => type.includes('firewall'))).toEqual([]);
    for (const container of Object.values(emitted.containers)) expect(container.network_interface[0].firewall).toBe(false);
  });
});
